//! What the backend is told by the server around it: the clock, the system's dice, and whom a request
//! comes from.

use async_trait::async_trait;
use axum::http::HeaderMap;
use backend::{Environment, Outgoing};
use rules::clock::Instant;

/// The server as the backend's environment.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings {
    /// Whether personas sign in, and mails go into their Mailbox alone (G6).
    pub demonstration: bool,
}

#[async_trait]
impl Environment for Surroundings {
    fn now(&self) -> Instant {
        chrono::DateTime::from(std::time::SystemTime::now())
    }

    fn random(&self, bytes: &mut [u8]) {
        // Secrets that can be guessed would be worse than no answer.
        getrandom::fill(bytes).expect("the system has a source of random bytes");
    }

    fn visit(&self, headers: &HeaderMap) -> String {
        // The gate takes away what a client says of itself and says whose the cookie is. A request without a
        // session is a stranger's, in whose visit nobody ever signs in.
        let named = headers.get(contract::VISIT_HEADER);
        named.and_then(|visit| visit.to_str().ok()).unwrap_or("stranger").to_owned()
    }

    async fn hand_over(&self, mail: &Outgoing<'_>) -> Result<(), String> {
        match self.demonstration {
            // The Mailbox is the ledger itself.
            true => Ok(()),
            // It waits in the ledger, and is tried again (L8).
            false => Err(format!("no mail server is set, so {} waits", mail.id)),
        }
    }

    fn report(&self, trouble: &str) {
        tracing::error!(trouble, "the backend is in trouble");
    }
}
