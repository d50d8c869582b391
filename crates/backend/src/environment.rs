//! What the shell tells the backend, and what a deployment sets.

use axum::http::HeaderMap;
use contract::session::Settings;
use rules::clock::Instant;

/// What only the shell around the backend knows: a service worker or a server.
pub trait Environment: Send + Sync {
    /// The present moment. All time in the backend comes from here (L1).
    fn now(&self) -> Instant;

    /// Fills in bytes that nobody can guess.
    fn random(&self, bytes: &mut [u8]);

    /// Which visit a request belongs to: the key under which it is kept who is
    /// signed in. Embedded there is one for each browser profile.
    fn visit(&self, headers: &HeaderMap) -> String;

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
