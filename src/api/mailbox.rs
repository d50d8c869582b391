//! The Mailbox of a demonstration (G6).

use contract::endpoints::{self, encode};
use contract::mails::{MailDetail, MailboxOpened, MailsPage};

use super::send::{Call, send};
use super::{Failure, Key, parsed};

/// A page of every mail that was handed over, the latest in front.
///
/// # Errors
/// When the backend cannot be reached.
pub async fn mailbox_list(search: &str, cursor: Option<&str>) -> Result<MailsPage, Failure> {
    let cursor = cursor.map(|cursor| format!("&cursor={}", encode(cursor))).unwrap_or_default();
    let path = format!("{}?q={}{cursor}", endpoints::MAILBOX.path, encode(search.trim()));
    parsed(&send(Call::read(endpoints::MAILBOX.method, path)).await?)
}

/// One mail as its recipient got it.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn mailbox_mail(id: &str) -> Result<MailDetail, Failure> {
    super::read(&endpoints::MAILBOX_MAIL, endpoints::MAILBOX_MAIL.with(id)).await
}

/// Plays that the recipient opens a mail: signs them in.
///
/// # Errors
/// `Refused` when the address belongs to nobody any more.
pub async fn mailbox_open(id: &str) -> Result<MailboxOpened, Failure> {
    let path = endpoints::MAILBOX_OPEN.with(id);
    parsed(&send(Call::act(endpoints::MAILBOX_OPEN.method, path, None, &Key::new()).by_anyone()).await?)
}
