//! The Mailbox of a demonstration, which stands for everybody's own (G6, X7).

use rules::notice::MailKind;
use rules::verdict::{Because, RuleId};

use crate::conformance::cast::{ANNA, SANNE, SANNES_ADDRESS, address, draft};
use crate::conformance::check::{Failure, Outcome, fails, refused, require, same, there};
use crate::conformance::client::NOBODY;
use crate::conformance::{Case, Client, cases};
use crate::endpoints;
use crate::error::ApiError;
use crate::mails::{MailDetail, MailLine, MailboxOpened, MailsPage};
use crate::requests::{OpenRequest, RequestDetail};
use crate::session::Session;

pub(super) const CASES: &[Case] = cases![
    the_mailbox_shows_every_mail_as_it_was_sent_with_its_link_g6_x7_g7,
    opening_a_mail_plays_its_recipient_g6_x7,
    a_mail_to_an_address_of_nobody_is_opened_by_nobody_g6,
];

fn page(client: &Client<'_>, query: &str) -> Result<MailsPage, Failure> {
    client.ask(&endpoints::MAILBOX, NOBODY, &format!("?{query}"), &())
}

/// All mails, page by page.
fn all(client: &Client<'_>, query: &str) -> Result<Vec<MailLine>, Failure> {
    let mut mails = Vec::new();
    let mut next = Some(String::new());
    while let Some(cursor) = next {
        let page = page(client, &format!("{query}&cursor={cursor}"))?;
        mails.extend(page.mails);
        next = page.next;
    }
    Ok(mails)
}

/// The consent mail that Sanne got.
fn consent(client: &Client<'_>) -> Result<MailLine, Failure> {
    let mails = all(client, &format!("q={}", SANNES_ADDRESS.to_uppercase()))?;
    there("the consent mail", mails.into_iter().find(|mail| mail.kind == MailKind::Consent))
}

fn the_mailbox_shows_every_mail_as_it_was_sent_with_its_link_g6_x7_g7(client: &Client<'_>) -> Outcome {
    let mails = all(client, "q=")?;
    require(mails.is_sorted_by(|one, other| one.at >= other.at), || "the latest is not in front".to_owned())?;
    let mut ids: Vec<&str> = mails.iter().map(|mail| mail.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    same("mails, each once", ids.len(), mails.len())?;
    let line = consent(client)?;
    same("whose it is", line.recipient.as_deref(), Some("Sanne Visser"))?;
    same("to whom it went", line.addresses.join(","), SANNES_ADDRESS.to_owned())?;
    let mail: MailDetail = client.ask(&endpoints::MAILBOX_MAIL, NOBODY, &line.id, &())?;
    same("the line", &mail.line, &line)?;
    require(mail.text.contains("/request#") && mail.html.contains("/request#"), || "a part has no link".to_owned())?;
    let by_subject = all(client, &format!("q={}", endpoints::encode(&line.subject.to_lowercase())))?;
    require(by_subject.contains(&line), || "it is not found by its subject".to_owned())?;
    same("what nothing finds", all(client, "q=no-mail-says-this")?, Vec::new())?;
    for nothing in ["nothing", "no-such-organisation.0"] {
        fails(client.ask(&endpoints::MAILBOX_MAIL, NOBODY, nothing, &()), ApiError::NotFound)?;
        fails(client.ask(&endpoints::MAILBOX_OPEN, NOBODY, nothing, &()), ApiError::NotFound)?;
    }
    fails(page(client, "cursor=nonsense").map(drop), ApiError::Malformed)
}

fn opening_a_mail_plays_its_recipient_g6_x7(client: &Client<'_>) -> Outcome {
    let request = client.open_request(SANNE)?;
    let line = consent(client)?;
    let opened: MailboxOpened = client.ask(&endpoints::MAILBOX_OPEN, NOBODY, &line.id, &())?;
    let who = opened.session.who.map(|who| who.person.id.0);
    same("who is signed in", who.as_deref(), Some(SANNE))?;
    let session: Session = client.ask(&endpoints::SESSION, NOBODY, "", &())?;
    same("who stays so", session.who.map(|who| who.person.id.0), who)?;
    let path = there("the link", opened.path)?;
    let token = there("the secret", path.strip_prefix("/request#"))?.to_owned();
    // That the mail was opened is not noted: following its link is.
    let seen = |client: &Client<'_>| -> Result<bool, Failure> {
        let trial = client.trial(ANNA, &request.id)?.trial;
        let sendings = there("the request", trial.request)?.sendings;
        Ok(sendings.iter().flat_map(|sending| &sending.recipients).any(|each| each.opened.is_some()))
    };
    same("opened by the mail", seen(client)?, false)?;
    let read: RequestDetail = client.ask(&endpoints::REQUEST_OPEN, NOBODY, "", &OpenRequest { token })?;
    // Making the data anew would leave her signed in, in the visit that is nobody's.
    let _: Session = client.ask(&endpoints::SIGN_OUT, NOBODY, "", &())?;
    same("the request", (read.id, seen(client)?), (request.id, true))
}

fn a_mail_to_an_address_of_nobody_is_opened_by_nobody_g6(client: &Client<'_>) -> Outcome {
    client.start(ANNA, &draft("Gone"))?;
    // The trial ends, and with the end of its grace the organisation closes (L3).
    client.days(61)?;
    let mails = all(client, &format!("q={}", address("Gone")))?;
    let lost = there("the mail of the end", mails.into_iter().find(|mail| mail.kind == MailKind::Ended))?;
    same("whose it is", lost.recipient.as_deref(), None)?;
    let opened = client.ask(&endpoints::MAILBOX_OPEN, NOBODY, &lost.id, &());
    refused(opened, RuleId::G6, Because::NobodysAddress)?;
    let session: Session = client.ask(&endpoints::SESSION, NOBODY, "", &())?;
    same("who is signed in", session.who, None)
}
