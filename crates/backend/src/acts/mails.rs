//! The ledger of mails, as the reader may see it (L8).

use contract::error::ApiError;
use contract::mails::{MAILS_ROWS, MailDetail, MailLine, MailsPage};
use rules::ids::OrganisationId;
use rules::notice::{MailKind, MailState, Recipients};
use rules::organisation::masked;
use rules::people::{Role, may_see};

use super::customers::Read;
use crate::asked::{names, parameter};
use crate::call::{Answer, Call, Failure};
use crate::ledger::without_secret;
use crate::records::{CUSTOMERS, MAILS, Mail, OUTBOX};

/// A page of the ledger, the latest in front: a partner's own trials and requests, or
/// the mails to the people of the own organisation.
pub(crate) async fn mails(call: Call, (): ()) -> Result<Answer<MailsPage>, Failure> {
    let trial = parameter(&call.query, "trial")?;
    let states: Vec<MailState> = names(&parameter(&call.query, "state")?, MailState::from_name)?;
    let cursor = parameter(&call.query, "cursor")?;
    let mut lines = Vec::new();
    for organisation in organisations(&call).await? {
        lines.extend(lines_of(&call, &organisation).await?);
    }
    lines.retain(|line| trial.is_empty() || line.trial.as_ref().is_some_and(|each| each.as_str() == trial));
    lines.retain(|line| states.is_empty() || states.contains(&line.state));
    Ok(Answer::of(&page(lines, &cursor)?))
}

/// The page of mails that begins after a cursor, the latest in front.
pub(super) fn page(mut lines: Vec<MailLine>, cursor: &str) -> Result<MailsPage, Failure> {
    lines.sort_by(|one, other| (other.at, &other.id).cmp(&(one.at, &one.id)));
    let begin = match cursor.is_empty() {
        true => 0,
        false => lines.iter().position(|line| line.id == cursor).ok_or(ApiError::Malformed)? + 1,
    };
    let more = lines.len() > begin + MAILS_ROWS;
    let page: Vec<MailLine> = lines.into_iter().skip(begin).take(MAILS_ROWS).collect();
    let next = page.last().filter(|_| more).map(|line| line.id.clone());
    Ok(MailsPage { mails: page, next })
}

/// One mail as it was written (G7).
pub(crate) async fn mail(call: Call, (): ()) -> Result<Answer<MailDetail>, Failure> {
    let (organisation, _) = call.parameter.split_once('.').ok_or(ApiError::NotFound)?;
    let organisation = OrganisationId(organisation.to_owned());
    if !sees_organisation(&call, &organisation).await? {
        return Err(Failure::Api(ApiError::NotFound));
    }
    let found = MAILS.get(call.store(), &call.parameter.replacen('.', "/", 1)).await?.ok_or(ApiError::NotFound)?;
    let mail = found.value;
    if !is_seen(&call, &mail)? {
        return Err(Failure::Api(ApiError::NotFound));
    }
    let reading = Reading::of(&call, &organisation).await?;
    // The link of a consent mail is the recipient's own. Only the Mailbox of a
    // demonstration shows it (X7).
    let secret = mail.order.kind == MailKind::Consent && !call.backend.deployment.demonstration;
    let part = |text: &str| if secret { without_secret(text) } else { text.to_owned() };
    let (text, html) = (part(&mail.text), part(&mail.html));
    let line = reading.line(&call, &call.parameter.replacen('.', "/", 1), mail).await?;
    Ok(Answer::of(&MailDetail { text, html, line }))
}

/// The organisations that the reader sees, or the one that is asked for among them.
pub(crate) async fn organisations(call: &Call) -> Result<Vec<OrganisationId>, Failure> {
    let wanted = OrganisationId(parameter(&call.query, "organisation")?);
    if !wanted.as_str().is_empty() {
        return match sees_organisation(call, &wanted).await? {
            true => Ok(vec![wanted]),
            false => Err(Failure::Api(ApiError::NotFound)),
        };
    }
    match &call.signed()?.actor.person.role {
        Role::Customer { organisation, .. } => Ok(vec![organisation.clone()]),
        Role::Partner { .. } => Read::of(call).await?.ids().await,
        Role::TrialsTeam => Ok(Vec::new()),
    }
}

/// Whether the reader sees an organisation: its own people do, and of a partner who may see it as a customer.
pub(super) async fn sees_organisation(call: &Call, id: &OrganisationId) -> Result<bool, Failure> {
    let actor = &call.signed()?.actor;
    Ok(match &actor.person.role {
        Role::Customer { organisation, .. } => organisation == id,
        Role::Partner { partner, .. } => {
            let row = CUSTOMERS.get(call.store(), &format!("{partner}/{id}")).await?;
            row.is_some_and(|row| may_see(actor, partner, &row.value.assignment))
        }
        Role::TrialsTeam => false,
    })
}

/// The mails of an organisation that the reader may know of, the latest in front.
pub(crate) async fn lines_of(call: &Call, organisation: &OrganisationId) -> Result<Vec<MailLine>, Failure> {
    let mut lines = Vec::new();
    let reading = Reading::of(call, organisation).await?;
    for (key, found) in MAILS.list(call.store(), &format!("{organisation}/")).await? {
        if is_seen(call, &found.value)? {
            lines.push(reading.line(call, &key, found.value).await?);
        }
    }
    lines.sort_by(|one, other| (other.at, &other.id).cmp(&(one.at, &one.id)));
    Ok(lines)
}

/// A partner sees the mails about its own trials (P8), people of the organisation those
/// that went to its people.
fn is_seen(call: &Call, mail: &Mail) -> Result<bool, Failure> {
    Ok(match &call.signed()?.actor.person.role {
        Role::Partner { partner, .. } => mail.partner.as_ref() == Some(partner),
        Role::Customer { organisation, .. } => *organisation == mail.organisation && !is_for_partner(mail.order.group),
        Role::TrialsTeam => false,
    })
}

/// What the reader may know of an organisation to which mails go.
pub(super) struct Reading {
    /// Its name, for a partner: its own people know it.
    company: Option<String>,
    /// The one address that the reader knows; `None` for its own people and for a partner that has
    /// or had access, who know them all. While a partner only asks, it knows the address that it
    /// typed, and the others are masked as in the look-up (X1, Q11).
    only_known: Option<String>,
}

impl Reading {
    pub(super) async fn of(call: &Call, organisation: &OrganisationId) -> Result<Reading, Failure> {
        let Role::Partner { partner, .. } = &call.signed()?.actor.person.role else {
            return Ok(Reading { company: None, only_known: None });
        };
        let row = CUSTOMERS.get(call.store(), &format!("{partner}/{organisation}")).await?;
        let row = row.map(|row| row.value);
        let only_known = row.as_ref().filter(|row| !row.known).map(|row| row.administrator_email.clone());
        Ok(Reading { company: row.map(|row| row.company), only_known })
    }

    /// An address as the reader may know it.
    pub(super) fn address(&self, email: &str, group: Recipients) -> String {
        match &self.only_known {
            Some(known) if known != email && !is_for_partner(group) => masked(email),
            _ => email.to_owned(),
        }
    }

    /// A mail with what the ledger alone knows: when it goes, or is tried again (L8).
    async fn line(&self, call: &Call, key: &str, mail: Mail) -> Result<MailLine, Failure> {
        let waits = match mail.state {
            MailState::Planned | MailState::Held | MailState::Failed => OUTBOX.get(call.store(), key).await?,
            MailState::Sent | MailState::Bounced | MailState::Dropped => None,
        };
        let address = self.address(&mail.order.email, mail.order.group);
        let next_try = waits.map(|waits| waits.value.from);
        let hidden = address != mail.order.email;
        let line = line(key, mail, address);
        let why = if hidden { status_of(&line.why).to_owned() } else { line.why.clone() };
        Ok(MailLine { company: self.company.clone(), next_try, why, ..line })
    }
}

/// What may be said of why a mail came back to whoever does not know its address: the status, without the
/// mail server's own words, in which the address mostly stands (X1).
fn status_of(why: &str) -> &str {
    let words = why.find(|character: char| !(character.is_ascii_digit() || matches!(character, '.' | ' ')));
    match why.contains('@') {
        true => why[..words.unwrap_or(why.len())].trim_end(),
        false => why,
    }
}

pub(crate) fn is_for_partner(group: Recipients) -> bool {
    match group {
        Recipients::PartnerAdministrators | Recipients::Distributor | Recipients::TrialsTeam | Recipients::Contact => {
            true
        }
        Recipients::FirstAdministrator
        | Recipients::CustomerAdministrators
        | Recipients::FullAdministrators
        | Recipients::Users
        | Recipients::Asked => false,
    }
}

/// A mail in a list, with its recipient's address as the reader may know it.
pub(super) fn line(key: &str, mail: Mail, address: String) -> MailLine {
    MailLine {
        id: key.replacen('/', ".", 1),
        organisation: mail.organisation,
        company: None,
        trial: mail.trial,
        kind: mail.order.kind,
        to: mail.order.group,
        addresses: vec![address],
        language: mail.order.language,
        subject: mail.subject,
        at: mail.at,
        state: mail.state,
        why: mail.why,
        next_try: None,
        recipient: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_a_mail_came_back_tells_nobody_an_address_that_is_masked_x1() {
        for (why, told) in [
            ("550 5.1.1 <joost@storm.example> unknown", "550 5.1.1"),
            ("joost@storm.example", ""),
            ("552 mailbox full", "552 mailbox full"),
            ("late", "late"),
        ] {
            assert_eq!(status_of(why), told);
        }
    }
}
