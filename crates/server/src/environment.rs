//! What the backend is told by the server around it: the clock, the system's dice, and whom a request
//! comes from.

use async_trait::async_trait;
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
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
        // The gate takes away what a client says of itself and says whose the cookie is. A request without a
        // session is a stranger's, in whose visit nobody ever signs in.
        let named = headers.get(contract::VISIT_HEADER).and_then(|visit| visit.to_str().ok());
        named.or_else(|| kept_visit(headers).filter(|_| self.demonstration)).unwrap_or("stranger").to_owned()
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
