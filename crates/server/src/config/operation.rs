//! What whoever runs the server watches, and how it stops.

use std::net::SocketAddr;
use std::time::Duration;

use super::reader::Reader;
use super::setting::{Section, Setting};

const LISTEN: Setting = Setting {
    key: "operation.listen",
    variable: "PROEF_OPERATION_LISTEN",
    meaning: "A second address and port, for `/metrics`, `/healthz` and `/readyz`; it is not for the public",
    left_out: "no metrics",
    example: "\"127.0.0.1:9000\"",
    secret: false,
};

const OTLP: Setting = Setting {
    key: "operation.otlp-endpoint",
    variable: "PROEF_OTLP_ENDPOINT",
    meaning: "Where traces go: an OpenTelemetry collector that takes OTLP over HTTP, such as \
              `http://127.0.0.1:4318`; `/v1/traces` is put behind it",
    left_out: "no traces",
    example: "\"http://127.0.0.1:4318\"",
    secret: false,
};

const DRAIN: Setting = Setting {
    key: "operation.drain-seconds",
    variable: "PROEF_DRAIN_SECONDS",
    meaning: "For how many seconds new requests are still taken after SIGTERM, while `/readyz` answers 503; as long \
              as the balancer needs to notice, at most 300",
    left_out: "0",
    example: "10",
    secret: false,
};

const STOP: Setting = Setting {
    key: "operation.stop-seconds",
    variable: "PROEF_STOP_SECONDS",
    meaning: "For how many seconds after that requests, playing and a mail that are under way are waited for, 1 to 300",
    left_out: "30",
    example: "30",
    secret: false,
};

pub(super) const SECTION: Section = Section {
    name: "operation",
    about: "Watching the server, and stopping it",
    settings: &[&LISTEN, &OTLP, &DRAIN, &STOP],
};

/// Settings of operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where metrics are served.
    pub listen: Option<SocketAddr>,
    /// Where traces go, without a slash at its end.
    pub otlp: Option<String>,
    /// For how long new requests are still taken after the server was asked to stop.
    pub drain: Duration,
    /// For how long what is under way is waited for after that.
    pub stop: Duration,
}

impl Operation {
    pub(super) fn read(reader: &mut Reader<'_>) -> Operation {
        let otlp = reader.checked(&OTLP, "an address that begins with http:// or https://", |text| {
            let right = text.starts_with("http://") || text.starts_with("https://");
            right.then(|| text.trim_end_matches('/').to_owned())
        });
        let mut seconds = |setting, least, usual| {
            let read = |text: &str| text.parse().ok().filter(|seconds: &u64| (least..=300).contains(seconds));
            let found = reader.checked(setting, &format!("a whole number of seconds from {least} to 300"), read);
            Duration::from_secs(found.unwrap_or(usual))
        };
        let (drain, stop) = (seconds(&DRAIN, 0, 0), seconds(&STOP, 1, 30));
        Operation {
            listen: reader.parsed(&LISTEN, "an address with a port, such as 127.0.0.1:9000"),
            otlp,
            drain,
            stop,
        }
    }
}
