//! The log, and traces for an OpenTelemetry collector.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use opentelemetry::KeyValue;
use opentelemetry::global::set_text_map_propagator;
use opentelemetry::trace::TracerProvider;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{ExporterBuildError, Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

/// For how long the collector is waited for. What it does not take then is lost.
const PATIENCE: Duration = Duration::from_secs(5);

/// Traces on their way; the last of them go with [`Traces::end`].
pub struct Traces(Option<SdkTracerProvider>);

/// Sets up the log, and traces where a collector is named.
///
/// # Errors
/// When the collector's address cannot be used. The log is set up then, too.
pub fn begin(otlp: Option<&str>) -> Result<Traces, ExporterBuildError> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt::layer().json().with_span_list(false).with_writer(std::io::stderr);
    let subscriber = tracing_subscriber::registry().with(log.with_filter(filter));
    match otlp.map(provider).transpose() {
        Ok(provider) => {
            let traces = provider.as_ref().map(|provider| {
                let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("proef-server"));
                // The server's own spans, also those that the log leaves out.
                layer.with_filter(Targets::new().with_target("server", tracing::Level::DEBUG))
            });
            subscriber.with(traces).init();
            Ok(Traces(provider))
        }
        Err(error) => {
            subscriber.init();
            Err(error)
        }
    }
}

fn provider(endpoint: &str) -> Result<SdkTracerProvider, ExporterBuildError> {
    let exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(Client::new())
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint(format!("{endpoint}/v1/traces"))
        .with_timeout(PATIENCE)
        .build()?;
    set_text_map_propagator(TraceContextPropagator::new());
    let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
    let resource = Resource::builder().with_service_name("proef-server").with_attribute(version);
    Ok(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource.build()).build())
}

impl Traces {
    /// Sends what is left. It waits for the collector and so is not for a thread that answers requests.
    pub fn end(self) {
        if let Some(error) = self.0.and_then(|provider| provider.shutdown_with_timeout(PATIENCE).err()) {
            tracing::warn!(%error, "the last traces cannot be sent");
        }
    }
}

/// A client that waits, for the exporter's own thread.
#[derive(Debug)]
struct Client {
    agent: ureq::Agent,
    /// Whether it has been told that the collector takes nothing.
    told: AtomicBool,
}

impl Client {
    fn new() -> Client {
        let config = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE));
        Client { agent: config.build().new_agent(), told: AtomicBool::new(false) }
    }

    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, ureq::Error> {
        let (parts, body) = request.into_parts();
        let response = self.agent.run(Request::from_parts(parts, body.to_vec()))?;
        let (parts, mut body) = response.into_parts();
        Ok(Response::from_parts(parts, body.read_to_vec()?.into()))
    }
}

#[async_trait]
impl HttpClient for Client {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let sent = self.send(request);
        let why = match &sent {
            Ok(response) if response.status().is_success() => None,
            Ok(response) => Some(response.status().to_string()),
            Err(error) => Some(error.to_string()),
        };
        // Once for each time of trouble: it is tried every few seconds.
        let told = self.told.swap(why.is_some(), Ordering::Relaxed);
        if let Some(why) = why.filter(|_| !told) {
            tracing::warn!(why, "traces are lost: the collector does not take them");
        }
        Ok(sent?)
    }
}
