//! Mail by SMTP, handed over from the backend's ledger (L8).
//!
//! What the ledger promises rests on three things here: a mail has the same `Message-ID` whenever it is
//! tried; a mail is tried for a limited time, so that the claim of the copy that tries it does not run out;
//! and only what is the recipient's own fault counts as come back.

mod message;
mod outcome;

use std::fmt;
use std::time::Duration;

use backend::{NotHandedOver, Outgoing};
use lettre::message::Mailbox;
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use self::outcome::Fault;
use crate::config::{Encryption, Mail};

/// For how long a connection without use is kept. Mail servers close one after some minutes (RFC 5321,
/// section 4.5.3.2.7, asks for five).
const UNUSED: Duration = Duration::from_secs(60);

/// Why mail cannot be set up.
#[derive(Debug)]
pub enum MailError {
    /// The file of the authority cannot be read.
    CaFile(String, std::io::Error),
    /// The authority or the host's name is of no use for TLS.
    Tls(lettre::transport::smtp::Error),
}

impl fmt::Display for MailError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MailError::CaFile(path, error) => write!(f, "PROEF_SMTP_CA_FILE: cannot read `{path}`: {error}"),
            MailError::Tls(error) => write!(f, "PROEF_SMTP_HOST or PROEF_SMTP_CA_FILE: {error}"),
        }
    }
}

impl std::error::Error for MailError {}

/// The way to the mail server.
pub struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    limit: Duration,
}

impl Post {
    /// A way that makes connections when they are needed and keeps them for a while.
    ///
    /// # Errors
    /// When what is set for TLS cannot be used.
    pub fn new(settings: &Mail) -> Result<Post, MailError> {
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(settings.host.as_str());
        builder = builder.port(settings.port).tls(tls(settings)?);
        // A third of the time for each step that may hang: to connect, to send, and to ask after a failure
        // whether it is the mail's own.
        builder = builder.timeout(Some(settings.timeout / 3));
        // Mails go one after the other, so one connection is used; a second one asks after a failure.
        builder = builder.pool_config(PoolConfig::new().max_size(2).idle_timeout(UNUSED));
        if let Some((user, password)) = &settings.credentials {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Post { transport: builder.build(), from: settings.from.clone(), limit: settings.timeout })
    }

    /// Hands a mail over.
    ///
    /// # Errors
    /// Why it was not, and so whether it is tried again.
    pub async fn hand_over(&self, mail: &Outgoing<'_>) -> Result<(), NotHandedOver> {
        let message = message::of(mail, &self.from).map_err(|why| {
            tracing::warn!(mail = mail.id, %why, "a mail cannot be written");
            NotHandedOver::Refused("unaddressable".to_owned())
        })?;
        let tried = async {
            match self.transport.send(message).await {
                Ok(_) => Ok(()),
                Err(error) => Err(self.judge(&Fault::of(&error)).await),
            }
        };
        // Should the mail server have taken it all the same, it knows the second one by its id.
        let outcome = match tokio::time::timeout(self.limit, tried).await {
            Ok(outcome) => outcome,
            Err(_) => Err(NotHandedOver::Later(format!("no answer in {} s", self.limit.as_secs()))),
        };
        match &outcome {
            Ok(()) => tracing::info!(mail = mail.id, "a mail was handed over"),
            // The mail server's own words may hold addresses; they stand in the ledger alone.
            Err(NotHandedOver::Refused(_)) => tracing::warn!(mail = mail.id, "a mail came back"),
            Err(NotHandedOver::Later(_)) => tracing::warn!(mail = mail.id, "a mail is tried again later"),
            Err(NotHandedOver::Away(_)) => {}
        }
        outcome
    }

    /// Whose fault a failure is. A refusal may be meant for the recipient, or for whoever connects: a mail
    /// server that would not take any mail now is asked again later, and no mail is lost to it.
    async fn judge(&self, fault: &Fault) -> NotHandedOver {
        if fault.is_transient() {
            return NotHandedOver::Later(fault.told());
        }
        match self.transport.test_connection().await {
            Ok(true) if fault.is_the_recipients() => NotHandedOver::Refused(fault.told()),
            Ok(true) => NotHandedOver::Later(fault.told()),
            Ok(false) => away("it does not answer"),
            Err(error) => away(&Fault::of(&error).for_the_log()),
        }
    }
}

/// Nobody takes mails now.
fn away(why: &str) -> NotHandedOver {
    tracing::error!(why, "the mail server takes no mails");
    NotHandedOver::Away("away".to_owned())
}

fn tls(settings: &Mail) -> Result<Tls, MailError> {
    if settings.encryption == Encryption::None {
        return Ok(Tls::None);
    }
    let mut parameters = TlsParameters::builder(settings.host.clone());
    if let Some(path) = &settings.ca_file {
        let pem = std::fs::read(path).map_err(|error| MailError::CaFile(path.clone(), error))?;
        parameters = parameters.add_root_certificate(Certificate::from_pem(&pem).map_err(MailError::Tls)?);
    }
    let parameters = parameters.build().map_err(MailError::Tls)?;
    Ok(match settings.encryption {
        Encryption::Tls => Tls::Wrapper(parameters),
        Encryption::StartTls | Encryption::None => Tls::Required(parameters),
    })
}
