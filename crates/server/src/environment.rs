//! What the backend is told by the server around it: the clock, the system's dice, and whom a request
//! comes from.

use async_trait::async_trait;
use axum::http::HeaderMap;
use backend::{Environment, NotHandedOver, Outgoing};
use rules::clock::Instant;

use crate::mail::Post;
use crate::operation::metrics::MailCounter;

/// The server as the backend's environment.
pub struct Surroundings {
    /// Whether personas sign in (G6).
    pub demonstration: bool,
    /// The way to the mail server, where one is set.
    pub post: Option<Post>,
    /// Counts what became of mails.
    pub mails: MailCounter,
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

    async fn hand_over(&self, mail: &Outgoing<'_>) -> Result<(), NotHandedOver> {
        let outcome = match &self.post {
            Some(post) => post.hand_over(mail).await,
            // The Mailbox of a demonstration is the ledger itself.
            None if self.demonstration => Ok(()),
            // Nobody is asked to hand anything over then (`scheduler`).
            None => Err(NotHandedOver::Away("away".to_owned())),
        };
        self.mails.count(&outcome);
        outcome
    }

    fn report(&self, trouble: &str) {
        tracing::error!(trouble, "the backend is in trouble");
    }
}
