//! The Mailbox of a demonstration: it stands for everybody's own, so whoever looks sees every mail
//! as its recipient got it, and can play that they open it (G6, X7).

use contract::error::ApiError;
use contract::mails::{MailDetail, MailLine, MailboxOpened, MailsPage};
use rules::notice::MailState;
use rules::verdict::{Because, Refusal, Remedy, RuleId};

use super::acting::refused;
use super::demonstration;
use super::mails::{line, page};
use super::session;
use crate::asked::parameter;
use crate::call::{Answer, Call, Failure};
use crate::records::{MAILS, Mail};
use crate::store::{Fault, Store};
use crate::visitors::owner;

/// Every mail that was handed over, the latest in front.
pub(crate) async fn mailbox(call: Call, (): ()) -> Result<Answer<MailsPage>, Failure> {
    let wanted = parameter(&call.query, "q")?.trim().to_lowercase();
    let cursor = parameter(&call.query, "cursor")?;
    let is_wanted =
        |line: &MailLine| [&line.subject, &line.addresses[0]].iter().any(|text| text.to_lowercase().contains(&wanted));
    let all = MAILS.list(call.store(), "").await?.into_iter().map(|(key, found)| (key, found.value));
    let handed_over = all.filter(|(_, mail)| mail.state == MailState::Sent);
    let lines = handed_over.map(|(key, mail)| of_recipient(&key, mail)).filter(is_wanted);
    let mut page = page(lines.collect(), &cursor)?;
    for line in &mut page.mails {
        line.recipient = name(call.store(), &line.addresses[0]).await?;
    }
    Ok(Answer::of(&page))
}

/// One mail as it was handed over, with its link.
pub(crate) async fn mail(call: Call, (): ()) -> Result<Answer<MailDetail>, Failure> {
    let mail = found(&call).await?;
    let (text, html) = (mail.text.clone(), mail.html.clone());
    let mut line = of_recipient(&key(&call), mail);
    line.recipient = name(call.store(), &line.addresses[0]).await?;
    Ok(Answer::of(&MailDetail { line, text, html }))
}

/// Plays that the recipient opens a mail: they are signed in, and told where its link leads.
/// Opening the request by that link is the console's next step, as in life.
pub(crate) async fn open(call: Call, (): ()) -> Result<Answer<MailboxOpened>, Failure> {
    let mail = found(&call).await?;
    let nobody = Refusal::new(RuleId::G6, Because::NobodysAddress, Remedy::Nothing);
    let person = owner(call.store(), &mail.order.email).await?.ok_or_else(|| refused(nobody))?;
    let signed = demonstration::sign_in_as(&call, &person.id).await?;
    let session = session::of(&call, Some(&signed)).await?;
    Ok(Answer::of(&MailboxOpened { session, path: mail.link.as_deref().map(path) }))
}

/// A mail with the address that it went to, which the Mailbox stands for.
fn of_recipient(key: &str, mail: Mail) -> MailLine {
    let address = mail.order.email.clone();
    line(key, mail, address)
}

/// The key of the mail in the address.
fn key(call: &Call) -> String {
    call.parameter.replacen('.', "/", 1)
}

async fn found(call: &Call) -> Result<Mail, Failure> {
    let found = MAILS.get(call.store(), &key(call)).await?.map(|found| found.value);
    let handed_over = found.filter(|mail| mail.state == MailState::Sent && call.parameter.contains('.'));
    handed_over.ok_or(Failure::Api(ApiError::NotFound))
}

async fn name(store: &dyn Store, email: &str) -> Result<Option<String>, Fault> {
    Ok(owner(store, email).await?.map(|person| person.name).filter(|name| !name.is_empty()))
}

/// A link of a mail as a path of the console, with its fragment: mails link to nowhere else.
fn path(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or("/", |begin| &rest[begin..]).to_owned()
}
