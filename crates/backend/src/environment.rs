//! What the shell tells the backend, and what a deployment sets.

use async_trait::async_trait;
use axum::http::HeaderMap;
use contract::session::Settings;
use rules::clock::Instant;
use rules::ids::TrialId;
use rules::service::Service;

/// A mail as it is handed over: multipart, with a part of plain text (G7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing<'a> {
    /// What tells it from every other mail, for its `Message-ID`: should an instance stop
    /// between handing a mail over and noting it, the second copy is known as one.
    pub id: &'a str,
    /// The address.
    pub to: &'a str,
    /// Where answers go: a customer's questions are the partner's, as its mails say. `None` where an answer
    /// has nobody to go to.
    pub reply_to: Option<&'a str>,
    /// The subject.
    pub subject: &'a str,
    /// The part of plain text.
    pub text: &'a str,
    /// The part of HTML.
    pub html: &'a str,
}

/// Why a mail was not handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotHandedOver {
    /// It may go well later, so it is tried again: why not now.
    Later(String),
    /// Nobody takes any mail at present: why. It is tried again, and with it every other one of the same
    /// round, which is not handed to the environment any more.
    Away(String),
    /// It will never be taken: with what status it came back. It is not tried again (L8).
    Refused(String),
}

/// What only the shell around the backend knows: a service worker or a server.
#[async_trait]
pub trait Environment: Send + Sync {
    /// The present moment. All time in the backend comes from here (L1).
    fn now(&self) -> Instant;

    /// Fills in bytes that nobody can guess.
    fn random(&self, bytes: &mut [u8]);

    /// Which visit a request belongs to: the key under which it is kept who is
    /// signed in. Embedded there is one for each browser profile.
    fn visit(&self, headers: &HeaderMap) -> String;

    /// Hands a mail over. The embedded backend's Mailbox is the ledger itself, so
    /// there is nothing more to do.
    ///
    /// # Errors
    /// Why it was not handed over, and so whether it is tried again.
    async fn hand_over(&self, mail: &Outgoing<'_>) -> Result<(), NotHandedOver> {
        let Outgoing { .. } = mail;
        Ok(())
    }

    /// Provisions a service of a trial on the platform (N17). It may be asked again
    /// for the same one.
    ///
    /// # Errors
    /// Why it failed, in the platform's words; it is tried again.
    async fn provision(&self, trial: &TrialId, service: Service) -> Result<(), String> {
        let (TrialId(_), _) = (trial, service);
        Ok(())
    }

    /// Tells who runs the backend of trouble that a reader is only told the
    /// outcome of.
    fn report(&self, trouble: &str);
}

/// What a deployment sets.
#[derive(Clone, Debug)]
pub struct Deployment {
    /// The build, as every answer names it.
    pub build: String,
    /// The address of the console, for the sign-in directions of mails (N17).
    pub address: String,
    /// What the console is told.
    pub settings: Settings,
    /// Whether personas sign in and the demonstration data can be made anew
    /// (G6). False on a server.
    pub demonstration: bool,
}

/// A secret of 32 bytes, in hexadecimal (X7).
pub(crate) fn random_secret(environment: &dyn Environment) -> String {
    let mut bytes = [0; 32];
    environment.random(&mut bytes);
    crate::receipts::hex(&bytes)
}

/// Random letters and digits of 128 bits: an id or a secret that cannot be guessed.
pub(crate) fn random_id(environment: &dyn Environment) -> String {
    // Letters and digits that are not taken for each other when read aloud.
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut bytes = [0; 16];
    environment.random(&mut bytes);
    let mut number = u128::from_be_bytes(bytes);
    let mut text = String::with_capacity(26);
    for _ in 0..26 {
        text.push(char::from(DIGITS[(number % 32) as usize]));
        number /= 32;
    }
    text
}
