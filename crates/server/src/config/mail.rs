//! The mail server, and from whom mails come.

use std::net::IpAddr;
use std::time::Duration;

use lettre::message::Mailbox;

use super::reader::Reader;
use super::setting::{Section, Setting};

/// For how long one mail is tried at most, in seconds. The backend claims 20 mails for 15 minutes, so more than
/// 45 would let another copy hand the last of them over as well.
const TIMEOUT_SECONDS_MAX: u64 = 40;

const HOST: Setting = Setting {
    key: "mail.smtp-host",
    variable: "PROEF_SMTP_HOST",
    meaning: "The mail server that takes mails by SMTP",
    left_out: "mails wait in the ledger",
    example: "\"smtp.proef.example\"",
    secret: false,
};

const PORT: Setting = Setting {
    key: "mail.smtp-port",
    variable: "PROEF_SMTP_PORT",
    meaning: "Its port",
    left_out: "587 for `starttls`, 465 for `tls`, 25 for `none`",
    example: "587",
    secret: false,
};

const ENCRYPTION: Setting = Setting {
    key: "mail.smtp-encryption",
    variable: "PROEF_SMTP_ENCRYPTION",
    meaning: "`starttls` (begins plain and goes on only with TLS), `tls` (TLS from the first byte) or `none`",
    left_out: "`starttls`, on this machine `none`",
    example: "\"starttls\"",
    secret: false,
};

const CA_FILE: Setting = Setting {
    key: "mail.smtp-ca-file",
    variable: "PROEF_SMTP_CA_FILE",
    meaning: "A file in PEM with the authority that signed its certificate, where that is none of the public ones",
    left_out: "Mozilla's list of authorities",
    example: "\"/etc/proef/smtp-ca.pem\"",
    secret: false,
};

const USER: Setting = Setting {
    key: "mail.smtp-user",
    variable: "PROEF_SMTP_USER",
    meaning: "The name under which the server signs in there",
    left_out: "it does not sign in",
    example: "\"proef\"",
    secret: false,
};

const PASSWORD: Setting = Setting {
    key: "mail.smtp-password",
    variable: "PROEF_SMTP_PASSWORD",
    meaning: "The password for that",
    left_out: "it does not sign in",
    example: "\"a password\"",
    secret: true,
};

const TIMEOUT: Setting = Setting {
    key: "mail.smtp-timeout-seconds",
    variable: "PROEF_SMTP_TIMEOUT_SECONDS",
    meaning: "For how many seconds one mail is tried at most, 3 to 40; it is tried again later",
    left_out: "30",
    example: "30",
    secret: false,
};

const FROM: Setting = Setting {
    key: "mail.from",
    variable: "PROEF_MAIL_FROM",
    meaning: "From whom mails come; what cannot be delivered comes back there",
    left_out: "it is needed beside `smtp-host`",
    example: "\"Proef <proef@proef.example>\"",
    secret: false,
};

pub(super) const SECTION: Section = Section {
    name: "mail",
    about: "Mail by SMTP",
    settings: &[&HOST, &PORT, &ENCRYPTION, &CA_FILE, &USER, &PASSWORD, &TIMEOUT, &FROM],
};

/// How a connection to the mail server is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// It begins plain and goes on only with TLS.
    StartTls,
    /// TLS from the first byte.
    Tls,
    /// None at all.
    None,
}

/// Settings of mail.
#[derive(Clone)]
pub struct Mail {
    /// The mail server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept from others.
    pub encryption: Encryption,
    /// A file with a further authority.
    pub ca_file: Option<String>,
    /// Name and password.
    pub credentials: Option<(String, String)>,
    /// For how long one mail is tried at most.
    pub timeout: Duration,
    /// From whom mails come.
    pub from: Mailbox,
}

/// Without the password.
impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Mail");
        shown.field("host", &self.host).field("port", &self.port).field("encryption", &self.encryption);
        shown.finish_non_exhaustive()
    }
}

impl Mail {
    /// The mail server, where one is set.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Mail> {
        let host = reader.text(&HOST);
        let local = host.as_deref().is_some_and(is_local);
        let words = [("starttls", Encryption::StartTls), ("tls", Encryption::Tls), ("none", Encryption::None)];
        let encryption = reader.one_of(&ENCRYPTION, &words);
        let encryption = encryption.unwrap_or(if local { Encryption::None } else { Encryption::StartTls });
        let usual = match encryption {
            Encryption::StartTls => 587,
            Encryption::Tls => 465,
            Encryption::None => 25,
        };
        let port = reader.checked(&PORT, "a port, from 1 to 65535", |text| text.parse().ok().filter(|port| *port > 0));
        let seconds = reader.checked(&TIMEOUT, "a whole number of seconds from 3 to 40", |text| {
            text.parse().ok().filter(|seconds| (3..=TIMEOUT_SECONDS_MAX).contains(seconds))
        });
        let from: Option<Mailbox> = reader.parsed(&FROM, "an address, such as Proef <proef@proef.example>");
        let credentials = match (reader.text(&USER), reader.text(&PASSWORD)) {
            (Some(user), Some(password)) => Some((user, password)),
            (Some(_), None) => {
                reader.missing(&PASSWORD, " beside the name");
                None
            }
            (None, Some(_)) => {
                reader.missing(&USER, " beside the password");
                None
            }
            (None, None) => None,
        };
        let ca_file = reader.text(&CA_FILE);
        let host = host?;
        if credentials.is_some() && encryption == Encryption::None && !local {
            let why = "with `none` the password could be read on its way; use `starttls` or `tls`";
            reader.problem(ENCRYPTION.variable, why);
        }
        // One that cannot be read has been told already.
        if from.is_none() && reader.text(&FROM).is_none() {
            reader.missing(&FROM, " beside the mail server");
        }
        let timeout = Duration::from_secs(seconds.unwrap_or(30));
        Some(Mail { host, port: port.unwrap_or(usual), encryption, ca_file, credentials, timeout, from: from? })
    }
}

/// Whether a host is this machine, so that nobody can listen in between.
fn is_local(host: &str) -> bool {
    host == "localhost" || host.trim_matches(['[', ']']).parse().is_ok_and(|address: IpAddr| address.is_loopback())
}
