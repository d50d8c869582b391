//! The customers of the reader's partner (Q).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::Query as UrlQuery;
use axum::http::Uri;
use contract::customers::{
    CustomerDetail, CustomerLine, CustomersPage, MailLine, NamedPerson, OrganisationDetail, PAGE_ROWS, ServiceLine,
    Totals, TrialDetail,
};
use contract::error::ApiError;
use rules::clock::{Day, Instant, days_left};
use rules::customers::{CustomerRow, Query, select};
use rules::ids::{OrganisationId, PartnerId, PersonId};
use rules::people::{Assignment, may_see};
use rules::trial::{Phase, State, Status};
use serde::Deserialize;

use crate::call::{Answer, Call, Failure};
use crate::records::{CUSTOMERS, MAILS, ORGANISATIONS, PEOPLE, TRIALS};
use crate::store::{Fault, Store};

/// Rows that are held in memory, so that a list costs the same however long it
/// is (Q7). They are loaded again once the store's counter moved.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    held: Mutex<BTreeMap<PartnerId, Held>>,
}

/// The rows of a partner, with the store's counter as it was before they were read.
type Held = (u64, Arc<Vec<CustomerRow>>);

impl Rows {
    async fn of(&self, store: &dyn Store, partner: &PartnerId) -> Result<Arc<Vec<CustomerRow>>, Fault> {
        // Read before the rows: a commit between the two makes the next list load again.
        let counter = store.counter(CUSTOMERS.name).await?;
        if let Some((held, rows)) = self.held.lock().unwrap_or_else(PoisonError::into_inner).get(partner)
            && *held == counter
        {
            return Ok(Arc::clone(rows));
        }
        let rows = CUSTOMERS.list(store, &format!("{partner}/")).await?;
        let rows = Arc::new(rows.into_iter().map(|(_, row)| row.value).collect::<Vec<_>>());
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.insert(partner.clone(), (counter, Arc::clone(&rows)));
        Ok(rows)
    }
}

/// A page of customers (Q1 to Q3).
pub(crate) async fn customers(call: Call, (): ()) -> Result<Answer<CustomersPage>, Failure> {
    let asked = Asked::read(&call.query)?;
    let rows = call.backend.rows.of(call.store(), &call.signed()?.partner.id).await?;
    let found = select(seen(&call, &rows)?, &asked.query, call.now);
    let begin = match &asked.after {
        None => 0,
        Some(cursor) => found.partition_point(|row| !cursor.is_before(row)),
    };
    let page = &found[begin..found.len().min(begin + PAGE_ROWS)];
    let people = Names::of(&call, page).await?;
    let more = begin + page.len() < found.len();
    Ok(Answer::of(&CustomersPage {
        today: call.today(),
        rows: page.iter().map(|row| line(row, &people, call.now)).collect(),
        found: u32::try_from(found.len()).unwrap_or(u32::MAX),
        opens: named(seen(&call, &rows)?, &asked.query.search),
        next: page.last().filter(|_| more).map(|row| Cursor::of(row).write()),
    }))
}

/// The customer whose id, or whose trial's id, a search text is, whatever the
/// case. It is looked for among all that the reader may see: an id means its
/// record, also one that the filter leaves out (Q2).
fn named<'a>(mut rows: impl Iterator<Item = &'a CustomerRow>, search: &str) -> Option<OrganisationId> {
    let text = search.trim().to_lowercase();
    let is_it = |id: &str| id.to_lowercase() == text;
    rows.find(|row| is_it(row.id.as_str()) || row.trials.iter().any(|trial| is_it(trial.id.as_str())))
        .map(|row| row.id.clone())
}

/// Customers counted by status (Q4).
pub(crate) async fn totals(call: Call, (): ()) -> Result<Answer<Totals>, Failure> {
    let rows = call.backend.rows.of(call.store(), &call.signed()?.partner.id).await?;
    let counts: Vec<(Status, u32)> = rules::customers::totals(seen(&call, &rows)?, call.now).into_iter().collect();
    let listed = counts.iter().map(|(_, count)| count).sum();
    Ok(Answer::of(&Totals { counts, listed }))
}

/// One customer. One that the reader may not see is not there for them (P2, P7).
pub(crate) async fn customer(call: Call, (): ()) -> Result<Answer<CustomerDetail>, Failure> {
    let signed = call.signed()?;
    let partner = &signed.partner.id;
    let store = call.store();
    let id = &call.parameter;
    let row = CUSTOMERS.get(store, &format!("{partner}/{id}")).await?.ok_or(ApiError::NotFound)?;
    let (version, row) = (row.version, row.value);
    if !may_see(&signed.actor, partner, &row.assignment) {
        return Err(Failure::Api(ApiError::NotFound));
    }
    let organisation = match has_access(&row) {
        true => ORGANISATIONS.get(store, id).await?.map(|organisation| organisation.value),
        false => None,
    };
    // Another partner's trials, mails and terms are never sent (P8).
    let prefix = format!("{id}/");
    let trials = TRIALS.list(store, &prefix).await?.into_iter().map(|(_, trial)| trial.value);
    let mut own: Vec<TrialDetail> = Vec::new();
    for trial in trials.filter(|trial| trial.partner == *partner) {
        let status = trial.status(call.now);
        let at = own.partition_point(|detail| detail.status <= status);
        own.insert(at, TrialDetail { trial, status });
    }
    let sent = MAILS.list(store, &prefix).await?.into_iter().map(|(_, mail)| mail.value);
    let mut mails: Vec<MailLine> = Vec::new();
    for mail in sent.filter(|mail| mail.partner == *partner) {
        let at = mails.partition_point(|line| line.at <= mail.sent);
        mails.insert(at, MailLine { kind: mail.kind, to: mail.to, addresses: mail.addresses, at: mail.sent });
    }
    let people = Names::of(&call, &[&row]).await?;
    let detail = CustomerDetail {
        today: call.today(),
        status: row.status(call.now),
        organisation: organisation.map(|organisation| OrganisationDetail {
            administrator_email: organisation.administrator_email,
            vertical: organisation.vertical,
            country: organisation.country,
            region: organisation.region,
            access: organisation.managed_by.access,
        }),
        in_charge: people.in_charge(&row.assignment),
        trials: own,
        purchased: row.purchased,
        mails,
        company: row.company,
        id: row.id,
    };
    Ok(Answer::with_version(&detail, version))
}

/// The rows that the reader may see (P2).
fn seen<'a>(call: &'a Call, rows: &'a [CustomerRow]) -> Result<impl Iterator<Item = &'a CustomerRow>, Failure> {
    let signed = call.signed()?;
    Ok(rows.iter().filter(|row| may_see(&signed.actor, &signed.partner.id, &row.assignment)))
}

/// Whether the partner knows the organisation itself, or only what it typed in a
/// request that brought no access, or none yet (P8, Q11).
fn has_access(row: &CustomerRow) -> bool {
    row.trials.is_empty()
        || !row.purchased.is_empty()
        || row.trials.iter().any(|trial| match trial.phase {
            Phase::Awaiting | Phase::Started { .. } | Phase::Converted { .. } => true,
            Phase::Cancelled { started, .. } => started,
            Phase::Pending { .. } | Phase::Declined { .. } | Phase::Lapsed { .. } => false,
        })
}

fn line(row: &CustomerRow, people: &Names, now: Instant) -> CustomerLine {
    let today = Day::of(now);
    let leading = row.leading_trial(now).map(|(trial, _)| trial);
    let services = match leading {
        Some(trial) => {
            let days = match (trial.phase.state(today), trial.phase) {
                (State::Running | State::Expired, Phase::Started { end, .. }) => Some(days_left(today, end)),
                _ => None,
            };
            trial.services.iter().map(|service| ServiceLine { service: *service, days_left: days }).collect()
        }
        None => row.purchased.iter().map(|service| ServiceLine { service: *service, days_left: None }).collect(),
    };
    let known = has_access(row);
    let pending = row.status(now) == Status::TrialPending;
    CustomerLine {
        id: row.id.clone(),
        company: row.company.clone(),
        administrator_email: (!pending).then(|| row.administrator_email.clone()),
        status: row.status(now),
        more_trials: u32::try_from(row.trials.len().saturating_sub(1)).unwrap_or(u32::MAX),
        services,
        phase: leading.map(|trial| trial.phase),
        licences: leading.and_then(|trial| trial.licences),
        region: known.then_some(row.region),
        in_charge: if pending { None } else { people.in_charge(&row.assignment) },
        last_change: row.last_change,
    }
}

/// Names of people, by id.
struct Names(BTreeMap<PersonId, String>);

impl Names {
    /// The names of those in charge of some rows.
    async fn of(call: &Call, rows: &[&CustomerRow]) -> Result<Names, Fault> {
        let mut names = BTreeMap::new();
        for id in rows.iter().filter_map(|row| row.assignment.in_charge.as_ref()) {
            if !names.contains_key(id)
                && let Some(person) = PEOPLE.get(call.store(), id.as_str()).await?
            {
                names.insert(id.clone(), person.value.name);
            }
        }
        Ok(Names(names))
    }

    fn in_charge(&self, assignment: &Assignment) -> Option<NamedPerson> {
        let id = assignment.in_charge.as_ref()?;
        Some(NamedPerson { id: id.clone(), name: self.0.get(id)?.clone() })
    }
}

/// What a list was asked for.
struct Asked {
    query: Query,
    after: Option<Cursor>,
}

/// The list's query as it stands in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Parameters {
    q: String,
    status: String,
    cursor: String,
}

impl Asked {
    /// Reads the query of an address.
    ///
    /// # Errors
    /// Malformed when it names a status or a cursor that there is not: a list
    /// that silently leaves out part of what was asked would be taken for whole.
    fn read(query: &str) -> Result<Asked, ApiError> {
        let uri: Uri = format!("/?{query}").parse().map_err(|_| ApiError::Malformed)?;
        let UrlQuery(asked) = UrlQuery::<Parameters>::try_from_uri(&uri).map_err(|_| ApiError::Malformed)?;
        let names = asked.status.split(',').filter(|name| !name.is_empty());
        let statuses = names.map(|name| Status::from_name(name).ok_or(ApiError::Malformed));
        let after = match asked.cursor.is_empty() {
            true => None,
            false => Some(Cursor::read(&asked.cursor).ok_or(ApiError::Malformed)?),
        };
        Ok(Asked { query: Query { search: asked.q, statuses: statuses.collect::<Result<_, _>>()? }, after })
    }
}

/// The last row of a page, by what orders the list: rows that come in or go in
/// between neither repeat nor hide another one.
#[derive(Debug, PartialEq, Eq)]
struct Cursor {
    last_change_nanos: i64,
    id: String,
}

impl Cursor {
    fn of(row: &CustomerRow) -> Cursor {
        Cursor { last_change_nanos: row.last_change.timestamp_nanos_opt().unwrap_or(i64::MAX), id: row.id.0.clone() }
    }

    /// Whether a row comes after the last one of the page.
    fn is_before(&self, row: &CustomerRow) -> bool {
        let row = Cursor::of(row);
        (std::cmp::Reverse(self.last_change_nanos), &self.id) < (std::cmp::Reverse(row.last_change_nanos), &row.id)
    }

    fn write(&self) -> String {
        format!("{}.{}", self.last_change_nanos, self.id)
    }

    fn read(text: &str) -> Option<Cursor> {
        let (nanos, id) = text.split_once('.')?;
        Some(Cursor { last_change_nanos: nanos.parse().ok()?, id: id.to_owned() })
    }
}
