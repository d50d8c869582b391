//! What the backend is told by the server around it: the clock, the system's dice, and whom a request
//! comes from.

use async_trait::async_trait;
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use backend::{Environment, Outgoing};
use rules::clock::Instant;

/// The server as the backend's environment.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings {
    /// Whether personas sign in, and mails go into their Mailbox alone (G6).
    pub demonstration: bool,
}

/// The visit that a browser keeps for a demonstration, where its pages name none: a cookie called as the
/// header, so that what is opened by its address belongs to it as well.
fn kept_visit(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == contract::VISIT_HEADER).map(|(_, visit)| visit)
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
        // What a client says of itself counts in a demonstration alone. Elsewhere every request is a
        // stranger's, in whose visit nobody ever signs in.
        let said = headers.get(contract::VISIT_HEADER).and_then(|visit| visit.to_str().ok());
        let said = said.or_else(|| kept_visit(headers)).filter(|_| self.demonstration);
        said.unwrap_or("stranger").to_owned()
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
