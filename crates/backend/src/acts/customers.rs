//! The customers of the reader's partner (Q).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use contract::customers::{
    Assign, COUNT_MAX, CustomerDetail, CustomerLine, CustomersPage, NamedPerson, OrganisationDetail, PAGE_ROWS,
    ServiceLine, Totals, TrialDetail, Worklist,
};
use contract::error::ApiError;
use rules::act::{Act, may_assign};
use rules::consent::may_send;
use rules::customers::{Attention, Column, CustomerRow, DevicesDue, InCharge, Query, Reading, SortKey};
use rules::ids::{OrganisationId, PartnerId, PersonId};
use rules::organisation::{AccessLevel, Organisation};
use rules::people::{Person, Right, in_charge, may, sees};
use rules::region::Region;
use rules::service::Service;
use rules::trial::Status;
use rules::verdict::{Because, Refusal, Remedy, RuleId, Verdict};
use serde::{Deserialize, Serialize};

use super::acting::{Present, decided, partner_of, store};
use super::hub::{licences, purchased};
use super::mails::lines_of;
use super::seeing::require_customer;
use super::trial_acts::detail;
use crate::asked::{names, one, parameter, require_version};
use crate::call::{Answer, Call, Failure};
use crate::facts::people_of;
use crate::organisations::Loaded;
use crate::records::CUSTOMERS;
use crate::store::{Commit, Counted, CustomersList, Fault, Found, Place, Reader, RowsInMemory, Store, Tally};

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

/// The customers of the reader's partner, with the names of its sales people: what every list of
/// customers begins with.
pub(crate) struct Read<'a> {
    call: &'a Call,
    partner: PartnerId,
    /// The rows, where the store has no way of its own to find them.
    rows: Option<Arc<Vec<CustomerRow>>>,
    pub(crate) sales: BTreeMap<PersonId, String>,
}

impl<'a> Read<'a> {
    pub(crate) async fn of(call: &'a Call) -> Result<Read<'a>, Failure> {
        let partner = partner_of(call, None)?;
        let rows = match call.store().customers() {
            Some(_) => None,
            None => Some(call.backend.rows.of(call.store(), &partner).await?),
        };
        let people = people_of(call.store(), &partner).await?;
        let sales = people.into_iter().filter(Person::is_sales).map(|person| (person.id, person.name)).collect();
        Ok(Read { call, partner, rows, sales })
    }

    pub(crate) fn reading(&self) -> Reading<'_> {
        Reading { now: self.call.now, sales: &self.sales }
    }

    /// The reader, who is told of nothing that they may not see (P2).
    pub(crate) fn reader(&self) -> Result<Reader<'_>, Failure> {
        let sees = sees(&self.call.signed()?.actor, &self.partner);
        Ok(Reader { partner: &self.partner, sees, reading: self.reading() })
    }

    fn in_memory(&self) -> RowsInMemory<'_> {
        RowsInMemory { rows: self.rows.as_deref().map(Vec::as_slice).unwrap_or_default() }
    }

    /// The store's own way to find customers, else the rows in memory.
    fn list<'b>(&'b self, memory: &'b RowsInMemory<'b>) -> &'b dyn CustomersList {
        self.call.store().customers().unwrap_or(memory)
    }

    /// A part of a list.
    pub(crate) async fn page(
        &self,
        query: &Query,
        after: Option<Place<'_>>,
        rows_max: usize,
    ) -> Result<Found, Failure> {
        let reader = self.reader()?;
        let memory = self.in_memory();
        Ok(self.list(&memory).page(reader, query, after, rows_max).await?)
    }

    async fn count(&self, query: &Query) -> Result<Tally, Failure> {
        let reader = self.reader()?;
        let memory = self.in_memory();
        Ok(self.list(&memory).count(reader, query).await?)
    }

    async fn counts(&self) -> Result<Vec<Counted>, Failure> {
        let reader = self.reader()?;
        let memory = self.in_memory();
        Ok(self.list(&memory).counts(reader).await?)
    }

    /// The customer whose id, whose trial's id, or whose device's number a search text is, whatever the
    /// case. It is looked for among all that the reader may see: an id means its record, also one that the
    /// filter leaves out (Q2).
    async fn named(&self, search: &str) -> Result<Option<OrganisationId>, Failure> {
        let (reader, text) = (self.reader()?, search.trim().to_lowercase());
        if text.is_empty() {
            return Ok(None);
        }
        let memory = self.in_memory();
        Ok(self.list(&memory).named(reader, &text).await?)
    }

    /// The ids of all customers that the reader may see.
    pub(crate) async fn ids(&self) -> Result<Vec<OrganisationId>, Failure> {
        let reader = self.reader()?;
        let memory = self.in_memory();
        Ok(self.list(&memory).ids(reader).await?)
    }
}

/// A page of customers (Q1 to Q3).
pub(crate) async fn customers(call: Call, (): ()) -> Result<Answer<CustomersPage>, Failure> {
    let query = query(&call.query)?;
    let cursor = parameter(&call.query, "cursor")?;
    let after = match cursor.is_empty() {
        true => None,
        false => Some(serde_json::from_str::<Cursor>(&cursor).map_err(|_| ApiError::Malformed)?),
    };
    let read = Read::of(&call).await?;
    let reading = read.reading();
    let after = after.as_ref().map(|Cursor(key, id)| Place { key, id });
    // One more than the page holds tells whether there is another page.
    let Found { rows, found } = read.page(&query, after, PAGE_ROWS + 1).await?;
    let page = &rows[..rows.len().min(PAGE_ROWS)];
    let last = page.last().filter(|_| rows.len() > PAGE_ROWS);
    Ok(Answer::of(&CustomersPage {
        today: call.today(),
        rows: page.iter().map(|row| line(row, reading)).collect(),
        found: match found {
            Tally::All(count) => counted(count),
            Tally::More => COUNT_MAX,
        },
        more_found: found == Tally::More,
        opens: read.named(&query.search).await?,
        next: last.map(|row| crate::store::json(&Cursor(query.key(row, reading), row.id.clone()))),
    }))
}

fn counted(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The last row of a page, by what orders the list: rows that come in or go in
/// between neither repeat nor hide another one.
#[derive(Debug, Serialize, Deserialize)]
struct Cursor(SortKey, OrganisationId);

/// Customers counted by status (Q4).
pub(crate) async fn totals(call: Call, (): ()) -> Result<Answer<Totals>, Failure> {
    let mut all = Read::of(&call).await?.counts().await?;
    all.sort_by_key(|count| count.status);
    let of = |left: bool| all.iter().filter(move |count| count.left == left && count.customers > 0);
    let counts = |left| of(left).map(|count| (count.status, counted(count.customers))).collect();
    let listed = counted(of(false).map(|count| count.customers).sum());
    Ok(Answer::of(&Totals { counts: counts(false), left: counts(true), listed }))
}

/// What wants doing, counted (Q12).
pub(crate) async fn attention(call: Call, (): ()) -> Result<Answer<Worklist>, Failure> {
    let read = Read::of(&call).await?;
    let mut counts = Vec::new();
    for each in Attention::ALL {
        let count = match read.count(&each.query()).await? {
            Tally::All(count) => counted(count).min(COUNT_MAX + 1),
            Tally::More => COUNT_MAX + 1,
        };
        counts.push((each, count));
    }
    Ok(Answer::of(&Worklist { counts }))
}

/// One customer. One that the reader may not see is not there for them (P2, P7).
pub(crate) async fn customer(call: Call, (): ()) -> Result<Answer<CustomerDetail>, Failure> {
    let id = OrganisationId(call.parameter.clone());
    let present = Present::of(&call, Loaded::of(call.store(), &id).await?).await?;
    let version = present.version();
    Ok(Answer::with_version(&view(&call, &present).await?, version))
}

/// Says who looks after a customer (P9).
pub(crate) async fn assign(call: Call, asked: Assign) -> Result<Answer<CustomerDetail>, Failure> {
    let id = OrganisationId(call.parameter.clone());
    call.until_stored(async || {
        let mut present = Present::of(&call, Loaded::of(call.store(), &id).await?).await?;
        require_customer(&call, &present.organisation)?;
        require_version(&call.headers, present.version())?;
        let partner = partner_of(&call, None)?;
        let decided = decided(&call, &present, Act::Assign(asked.assignment.clone()), &partner)?;
        let before = present.organisation.clone();
        if let Some(after) = rules::change::evolve(Some(before.clone()), &decided.change) {
            present.organisation = after;
        }
        let detail = view(&call, &present).await?;
        present.organisation = before;
        let answer = |version| Answer::with_version(&CustomerDetail { version, ..detail.clone() }, version);
        store(&call, &present, decided.change, Commit::default(), answer).await
    })
    .await
}

async fn view(call: &Call, present: &Present) -> Result<CustomerDetail, Failure> {
    let organisation = &present.organisation;
    require_customer(call, organisation)?;
    let actor = &call.signed()?.actor;
    let partner = partner_of(call, None)?;
    let row = CustomerRow::of(organisation, &partner, 0).ok_or(ApiError::NotFound)?;
    let people = present.facts.people(&partner);
    let name = |person: &Person| NamedPerson { id: person.id.clone(), name: person.name.clone() };
    let assigned = people.iter().filter(|person| row.assignment.assigned.contains(&person.id) && person.is_sales());
    // Another partner's trials, mails and terms are never sent (P8).
    let mut own: Vec<TrialDetail> = Vec::new();
    for trial in organisation.trials.iter().filter(|trial| trial.partner == partner) {
        let detail = detail(call, present, trial);
        let at = own.partition_point(|each| each.status <= detail.status);
        own.insert(at, detail);
    }
    let mut mails = lines_of(call, &organisation.id).await?;
    mails.reverse();
    Ok(CustomerDetail {
        today: call.today(),
        now: call.now,
        status: row.status(call.now),
        organisation: known(call, organisation, &partner)?.filter(|_| row.known),
        in_charge: in_charge(people, &row.assignment).map(name),
        assigned: assigned.map(name).collect(),
        may_assign: may_assign(organisation, actor),
        assignable: match may_assign(organisation, actor) {
            Verdict::Allowed => people.iter().filter(|person| person.is_sales()).map(name).collect(),
            Verdict::Blocked(_) => Vec::new(),
        },
        trials: own,
        purchased: row.purchased,
        may_add: may_add(call, organisation, &partner)?,
        may_ask: match may(Right::StartTrial, actor) {
            Verdict::Allowed => may_send(organisation, &partner, call.now),
            blocked => blocked,
        },
        mails,
        version: present.version(),
        company: row.company,
        id: row.id,
    })
}

/// What a partner knows of an organisation that it has or had access to (P8).
fn known(call: &Call, organisation: &Organisation, partner: &PartnerId) -> Result<Option<OrganisationDetail>, Failure> {
    let Some(management) = organisation.management(partner) else { return Ok(None) };
    let access = management.access.as_ref().map(|access| access.level);
    Ok(Some(OrganisationDetail {
        administrator_email: organisation.administrator_email.clone(),
        vertical: organisation.vertical,
        country: organisation.country,
        region: organisation.region,
        access,
        ended: management.ended,
        licences: if access.is_some() { licences(call, organisation)? } else { Vec::new() },
        purchased: if access.is_some() { purchased(organisation, Some(partner)) } else { Vec::new() },
        closed: organisation.closed,
    }))
}

/// Whether a trial can be added: it needs full administrator access, and with
/// provisioning access *Add* leads to a request (A1).
fn may_add(call: &Call, organisation: &Organisation, partner: &PartnerId) -> Result<Verdict, Failure> {
    let blocked = |rule, because, remedy| Verdict::Blocked(Refusal::new(rule, because, remedy));
    let right = may(Right::StartTrial, &call.signed()?.actor);
    let level = organisation.access(partner).map(|access| access.level);
    Ok(match (right, organisation.closed, level) {
        (Verdict::Blocked(refusal), ..) => Verdict::Blocked(refusal),
        (_, Some(_), _) => blocked(RuleId::L3, Because::OrganisationClosed, Remedy::StartNewTrial),
        (_, _, Some(AccessLevel::FullAdministrator)) => Verdict::Allowed,
        (_, _, Some(AccessLevel::Provisioning)) => {
            blocked(RuleId::A1, Because::ProvisioningAccessOnly, Remedy::SendRequest)
        }
        (_, _, None) => blocked(RuleId::H3, Because::NoAccess, Remedy::SendRequest),
    })
}

/// A customer as the list shows it. A pending row says only name, status, last day to
/// answer and what was asked (Q11).
pub(crate) fn line(row: &CustomerRow, reading: Reading<'_>) -> CustomerLine {
    let now = reading.now;
    let leading = row.leading_trial(now).map(|(trial, _)| trial);
    let services = row.services(now).into_iter().map(|(service, days_left)| ServiceLine { service, days_left });
    let pending = row.status(now) == Status::TrialPending;
    let in_charge = reading.in_charge(row).filter(|_| !pending);
    let person = |id: &PersonId| Some(NamedPerson { id: id.clone(), name: reading.sales.get(id)?.clone() });
    CustomerLine {
        id: row.id.clone(),
        company: row.company.clone(),
        administrator_email: (!pending).then(|| row.administrator_email.clone()),
        status: row.status(now),
        more_trials: u32::try_from(row.trials.len().saturating_sub(1)).unwrap_or(u32::MAX),
        services: services.collect(),
        phase: leading.map(|trial| trial.phase),
        licences: leading.and_then(|trial| trial.licences),
        region: row.known.then_some(row.region),
        in_charge: in_charge.and_then(person),
        interested: row.trials.iter().any(|trial| trial.interested),
        last_change: row.last_change,
    }
}

/// What a list is asked for, as it stands in the address (Q3).
///
/// # Errors
/// Malformed when it names something that there is not.
pub(crate) fn query(text: &str) -> Result<Query, ApiError> {
    let get = |name| parameter(text, name);
    // A sign in front would be read as well.
    let number = |value: &str| value.parse().ok().filter(|_| value.bytes().all(|byte| byte.is_ascii_digit()));
    let days = |name| one(text, name, number);
    let flag =
        |name| -> Result<bool, ApiError> { Ok(one(text, name, |value| value.parse().ok())?.unwrap_or_default()) };
    let in_charge = match get("in_charge")?.as_str() {
        "" => None,
        "nobody" => Some(InCharge::Nobody),
        person => Some(InCharge::Person(person.into())),
    };
    let sort = one(text, "sort", |value| {
        let column = value.strip_prefix('-');
        Some((Column::from_name(column.unwrap_or(value))?, column.is_some()))
    })?;
    let (sort, reversed) = sort.unwrap_or_default();
    Ok(Query {
        search: get("q")?,
        statuses: names(&get("status")?, Status::from_name)?,
        services: names(&get("service")?, Service::from_name)?,
        ends_within: days("ends_within")?,
        answer_within: days("answer_within")?,
        regions: names(&get("region")?, Region::from_name)?,
        in_charge,
        devices_due: one(text, "devices_due", DevicesDue::from_name)?,
        interested: flag("interested")?,
        failed_mails: flag("failed_mails")?,
        sort,
        reversed,
    })
}
