//! The journal: every act and every automatic step (L10), and what time will bring (L14).

use std::collections::{BTreeMap, BTreeSet};

use contract::error::ApiError;
use contract::journal::{
    Actor, JOURNAL_ENTRIES, JournalLine, JournalPage, Rehearsal, RehearsalStep, Rehearse, RehearsedMail, RehearsedTrial,
};
use rules::change::{Change, Deed, Part, evolve};
use rules::clock::Day;
use rules::customers::CustomerRow;
use rules::ids::{OrganisationId, PartnerId, PersonId};
use rules::notice::{MailKind, Recipients};
use rules::organisation::Organisation;
use rules::people::{Assignment, Person, Role};

use super::acting::{Present, partner_of};
use super::csv::{Cell, table};
use super::mails::{Reading, is_for_partner, organisations};
use crate::asked::{names, parameter};
use crate::call::{Answer, Call, Failure};
use crate::organisations::{Loaded, seen_by_customer, seen_by_partner};
use crate::records::{JOURNAL, JournalEntry};
use words::label;

/// Most days that are rehearsed (L14).
const REHEARSED_DAYS: u32 = 90;

/// A page of the journal, the latest entry in front.
pub(crate) async fn journal(call: Call, (): ()) -> Result<Answer<JournalPage>, Failure> {
    let cursor = parameter(&call.query, "cursor")?;
    let (all, deeds) = entries(&call).await?;
    let begin = match cursor.is_empty() {
        true => 0,
        false => all.iter().position(|(id, _)| *id == cursor).ok_or(ApiError::Malformed)? + 1,
    };
    let more = all.len() > begin + JOURNAL_ENTRIES;
    let page: Vec<(String, JournalLine)> = all.into_iter().skip(begin).take(JOURNAL_ENTRIES).collect();
    let next = page.last().filter(|_| more).map(|(id, _)| id.clone());
    Ok(Answer::of(&JournalPage { entries: page.into_iter().map(|(_, line)| line).collect(), deeds, next }))
}

/// The same entries as CSV, with the changes in words.
pub(crate) async fn journal_csv(call: Call, (): ()) -> Result<Answer<String>, Failure> {
    let language = super::csv::language(&call)?;
    let heads = [
        words::journal::at(language),
        words::journal::customer(language),
        words::journal::trial(language),
        words::journal::deed(language),
        words::journal::by(language),
        words::journal::on_behalf(language),
        words::journal::services(language),
        words::journal::about(language),
        words::journal::before(language),
        words::journal::after(language),
    ];
    let (all, _) = entries(&call).await?;
    let rows = all.into_iter().map(|(_, line)| {
        let by = match &line.by {
            Actor::Person(name) => name.clone(),
            Actor::AnotherPartner => words::journal::another_partner(language).to_owned(),
            Actor::Backend => words::journal::backend(language).to_owned(),
        };
        let change = line.change.as_deref();
        let told =
            change.map(|change| label::told(language, change, &line.mails, &line.colleagues)).unwrap_or_default();
        vec![
            Cell::Text(line.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
            Cell::Text(line.company),
            Cell::Text(line.trial.map(|trial| trial.0).unwrap_or_default()),
            Cell::Text(label::deed(language, line.deed).to_owned()),
            Cell::Text(by),
            Cell::Text(line.on_behalf.unwrap_or_default()),
            Cell::Text(label::services(language, line.services)),
            Cell::Text(told.about.join("; ")),
            Cell::Text(told.before(language).join("; ")),
            Cell::Text(told.after(language).join("; ")),
        ]
    });
    table(&heads, rows)
}

/// The entries that are asked for and that the reader may see, the latest in front; and
/// what can be asked for: everything that happened, whichever of it was asked for now.
async fn entries(call: &Call) -> Result<(Vec<(String, JournalLine)>, Vec<Deed>), Failure> {
    let trial = parameter(&call.query, "trial")?;
    let wanted: Vec<Deed> = names(&parameter(&call.query, "deed")?, Deed::from_name)?;
    let (mut all, mut happened) = (Vec::new(), BTreeSet::new());
    for organisation in organisations(call).await? {
        let present = Present::of(call, Loaded::of(call.store(), &organisation).await?).await?;
        // Backwards, the name that the organisation had is that before each change of it.
        let mut name = present.organisation.name.clone();
        for (key, entry) in JOURNAL.list(call.store(), &format!("{organisation}/")).await?.into_iter().rev() {
            let before = entry.value.change.parts.iter().find_map(|part| match part {
                Part::Settings(before, _) => Some(before.name.clone()),
                _ => None,
            });
            name = before.unwrap_or(name);
            if let Some(line) = line(call, &present, &name, entry.value)? {
                if !trial.is_empty() && line.trial.as_ref().is_none_or(|each| each.as_str() != trial) {
                    continue;
                }
                happened.insert(line.deed);
                if wanted.is_empty() || wanted.contains(&line.deed) {
                    all.push((key.replacen('/', ".", 1), line));
                }
            }
        }
    }
    all.sort_by(|(one, earlier), (other, later)| (later.at, other).cmp(&(earlier.at, one)));
    Ok((all, happened.into_iter().collect()))
}

/// An entry as the reader may see it: a partner its own trials and requests, the
/// customer all of its organisation (L10, P8).
fn line(call: &Call, present: &Present, then: &str, entry: JournalEntry) -> Result<Option<JournalLine>, Failure> {
    let organisation = &present.organisation;
    let JournalEntry { partner: by_partner, name, on_behalf, change } = entry;
    let (company, own) = match &call.signed()?.actor.person.role {
        Role::Partner { partner, .. } => {
            if !is_partners(organisation, &change, &by_partner, partner) {
                return Ok(None);
            }
            (company_of(organisation, partner), Some(partner.clone()))
        }
        Role::Customer { .. } | Role::TrialsTeam => (organisation.name.clone(), None),
    };
    let trial = change.trial.as_ref().and_then(|id| organisation.trial(id));
    let by = match (&change.by, &own) {
        (None, _) => Actor::Backend,
        (Some(_), Some(own)) if by_partner.as_ref().is_some_and(|each| each != own) => Actor::AnotherPartner,
        (Some(_), _) => Actor::Person(name),
    };
    let seen = match &own {
        Some(partner) => seen_by_partner(&change, organisation, partner, by_partner.as_ref() == Some(partner)),
        None => seen_by_customer(&change),
    };
    let mails = went(&change, own.is_none());
    let colleagues = own.map(|own| colleagues(&seen, present.facts.people(&own))).unwrap_or_default();
    Ok(Some(JournalLine {
        organisation: organisation.id.clone(),
        on_behalf: on_behalf.then(|| then.to_owned()),
        company,
        trial: change.trial.clone(),
        services: trial.map(|trial| trial.offer.services()).unwrap_or_default(),
        deed: change.deed,
        mails,
        at: change.at,
        by,
        colleagues,
        change: Some(Box::new(seen)),
    }))
}

/// The names of a partner's people whom a change of who looks after the customer names.
fn colleagues(change: &Change, people: &[Person]) -> BTreeMap<PersonId, String> {
    let managements = change.parts.iter().flat_map(|part| match part {
        Part::Partner(before, after) => before.iter().chain(after).collect(),
        _ => Vec::new(),
    });
    let assignments: Vec<&Assignment> = managements.map(|management| &management.assignment).collect();
    let named = people.iter().filter(|person| assignments.iter().any(|each| each.includes(&person.id)));
    named.map(|person| (person.id.clone(), person.name.clone())).collect()
}

/// The kinds and groups of the mails of a change; to the customer those of a partner's people are
/// not told.
fn went(change: &Change, to_customer: bool) -> Vec<(MailKind, Recipients)> {
    let told = change.mails.iter().filter(|mail| !(to_customer && is_for_partner(mail.group)));
    let mails: BTreeSet<(MailKind, Recipients)> = told.map(|mail| (mail.kind, mail.group)).collect();
    mails.into_iter().collect()
}

/// Whether a change is a partner's: about its own trial, about its own access, or by
/// its own people.
fn is_partners(
    organisation: &Organisation,
    change: &Change,
    by_partner: &Option<PartnerId>,
    partner: &PartnerId,
) -> bool {
    match &change.trial {
        Some(trial) => organisation.trial(trial).is_some_and(|trial| trial.partner == *partner),
        None => {
            let own_access = |part: &Part| match part {
                Part::Partner(before, after) => before.iter().chain(after).any(|each| each.partner == *partner),
                _ => false,
            };
            by_partner.as_ref() == Some(partner) || change.parts.iter().any(own_access)
        }
    }
}

/// What time alone would bring to some customers: from the same code that will bring
/// it, and changing nothing (L14).
pub(crate) async fn rehearse(call: Call, asked: Rehearse) -> Result<Answer<Rehearsal>, Failure> {
    if !(1..=REHEARSED_DAYS).contains(&asked.days) {
        return Err(Failure::Api(ApiError::Malformed));
    }
    let partner = partner_of(&call, None)?;
    let seen: Vec<OrganisationId> = organisations(&call).await?;
    if asked.customers.iter().any(|customer| !seen.contains(customer)) {
        return Err(Failure::Api(ApiError::NotFound));
    }
    let wanted = if asked.customers.is_empty() { seen } else { asked.customers };
    let until = call.today().plus(asked.days + 1).begin() - chrono::TimeDelta::milliseconds(1);
    let (mut steps, mut trials) = (Vec::new(), Vec::new());
    for id in wanted {
        let present = Present::of(&call, Loaded::of(call.store(), &id).await?).await?;
        let reading = Reading::of(&call, &id).await?;
        let mut organisation = present.organisation.clone();
        for change in rules::time::pass(&present.organisation, until, &present.facts) {
            organisation = evolve(Some(organisation.clone()), &change).unwrap_or(organisation);
            let trial = change.trial.as_ref().and_then(|id| organisation.trial(id));
            if trial.is_none_or(|trial| trial.partner == partner) {
                steps.push(RehearsalStep {
                    organisation: id.clone(),
                    company: company_of(&organisation, &partner),
                    trial: change.trial.clone(),
                    on: Day::of(change.at),
                    deed: change.deed,
                    status: trial.map(|trial| trial.status(change.at)),
                    mails: mails_of(&change, &reading),
                });
            }
        }
        for before in present.organisation.trials.iter().filter(|trial| trial.partner == partner) {
            let after = organisation.trial(&before.id).unwrap_or(before);
            trials.push(RehearsedTrial {
                organisation: id.clone(),
                company: company_of(&present.organisation, &partner),
                trial: before.id.clone(),
                now: before.status(call.now),
                afterwards: after.status(until),
            });
        }
    }
    steps.sort_by(|one, other| (one.on, &one.organisation).cmp(&(other.on, &other.organisation)));
    Ok(Answer::of(&Rehearsal { steps, trials }))
}

/// The customer's name as the partner may know it.
fn company_of(organisation: &Organisation, partner: &PartnerId) -> String {
    CustomerRow::of(organisation, partner, 0).map(|row| row.company).unwrap_or_default()
}

/// The mails of a change by kind and group, each recipient as the ledger will show them.
fn mails_of(change: &Change, reading: &Reading) -> Vec<RehearsedMail> {
    let mut mails: Vec<RehearsedMail> = Vec::new();
    for order in &change.mails {
        let address = reading.address(&order.email, order.group);
        match mails.iter_mut().find(|mail| mail.kind == order.kind && mail.group == order.group) {
            Some(mail) => {
                mail.people += 1;
                mail.addresses.push(address);
            }
            None => {
                mails.push(RehearsedMail { kind: order.kind, group: order.group, people: 1, addresses: vec![address] })
            }
        }
    }
    mails
}
