//! What the index holds of a customer, for each period in which it stays the same.

use rules::clock::{Day, Instant};
use rules::customers::{Column, CustomerRow, Query, Reading, RowTrial, SortKey};
use rules::ids::PartnerId;
use rules::service::Service;
use rules::trial::{Phase, Status};
use serde::Serialize;

use super::signs::Signs;

/// Raised when a row would be derived in another way: then all are derived anew at the next start.
pub(super) const FORMAT: i64 = 2;

/// What has no value comes after all that have one.
pub(super) const LAST_NUMBER: i64 = i64::MAX;
pub(super) const LAST_TEXT: &str = "\u{10FFFF}";

/// A row of `customer_periods`; its fields are the columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Period {
    pub(super) partner: String,
    pub(super) id: String,
    pub(super) valid_from: i64,
    pub(super) valid_until: i64,
    present: bool,
    signs: String,
    pub(super) left_list: bool,
    company: String,
    email: String,
    names: Vec<String>,
    in_charge: String,
    looked_after_by: Vec<String>,
    services: i32,
    interested: bool,
    failed_mails: bool,
    ends_on: Option<i64>,
    answer_by: Option<i64>,
    return_due: Option<i64>,
    pub(super) by_status: i64,
    by_services: String,
    by_life: i64,
    by_ends: i64,
    by_days_left: i64,
    by_licences: i64,
    by_region: String,
    by_administrator: String,
    by_in_charge: String,
    by_last_change: i64,
}

/// The periods of a row. The first one is taken to hold, and for whatever was before as well, which nobody asks for
/// any more: it is the one of `now`, in milliseconds since 1970, or of the row's last change where no instant is
/// given. The others are to come.
pub(super) fn periods(partner: &PartnerId, row: &CustomerRow, now: Option<i64>) -> Vec<Period> {
    let turns = row.turns().into_iter().filter(|turn| *turn > row.last_change);
    let mut begins: Vec<(i64, Instant)> = vec![(i64::MIN, row.last_change)];
    begins.extend(turns.map(|turn| (millis_from(turn), turn)));
    let ends = begins.iter().skip(1).map(|(millis, _)| *millis).chain([i64::MAX]).collect::<Vec<_>>();
    let is_over = |until: i64| now.is_some_and(|now| until <= now);
    let all = begins.iter().zip(ends).filter(|((from, _), until)| from < until && !is_over(*until));
    let mut all: Vec<Period> = all.map(|((from, at), until)| period(partner, row, *at, *from, until)).collect();
    if let Some(first) = all.first_mut() {
        first.valid_from = i64::MIN;
        first.present = true;
    }
    all
}

fn period(partner: &PartnerId, row: &CustomerRow, at: Instant, valid_from: i64, valid_until: i64) -> Period {
    let today = Day::of(at);
    let number = |sort| match key(row, sort, at) {
        SortKey::Number(number) => number,
        SortKey::Text(_) | SortKey::Last => LAST_NUMBER,
    };
    let words = |sort| match key(row, sort, at) {
        SortKey::Text(text) => stored_text(&text),
        SortKey::Number(_) | SortKey::Last => LAST_TEXT.to_owned(),
    };
    let first = |day: &dyn Fn(&RowTrial) -> Option<Day>| row.trials.iter().filter_map(day).min().map(day_number);
    let services = row.services(at).into_iter().map(|(service, _)| service);
    let in_charge = row.assignment.in_charge.as_ref().map(|person| stored_text(person.as_str())).unwrap_or_default();
    let looked_after_by = row.assignment.in_charge.iter().chain(&row.assignment.assigned);
    let looked_after_by: Vec<String> = looked_after_by.map(|person| stored_text(person.as_str())).collect();
    let company = stored_text(&row.company.to_lowercase());
    let email = stored_text(&row.administrator_email.to_lowercase());
    let names = names(row);
    let signs = Signs::none().letters(&company).letters(&email);
    let signs = names.iter().fold(signs, |signs, name| signs.name(name));
    let signs = looked_after_by.iter().fold(signs, |signs, person| signs.person(person));
    Period {
        partner: stored_text(partner.as_str()),
        id: stored_text(row.id.as_str()),
        valid_from,
        valid_until,
        present: false,
        signs: signs.bits(),
        left_list: row.left_the_list(),
        company,
        email,
        names,
        looked_after_by,
        services: services_mask(services),
        interested: row.trials.iter().any(|trial| trial.interested && trial.phase.state(today).holds()),
        failed_mails: row.failed_mails > 0,
        ends_on: first(&|trial| trial.phase.end(today).filter(|end| today < *end)),
        answer_by: first(&|trial| match trial.phase {
            Phase::Pending { answer_by } => Some(answer_by).filter(|day| today <= *day),
            _ => None,
        }),
        return_due: first(&|trial| trial.return_due),
        by_status: status_number(row.status(at)),
        by_services: words(Column::Services),
        by_life: number(Column::Life),
        by_ends: number(Column::Ends),
        by_days_left: number(Column::DaysLeft),
        by_licences: number(Column::Licences),
        by_region: words(Column::Region),
        by_administrator: words(Column::Administrator),
        // Names of people change and roles are lost without a change of the row, so the person is kept, and
        // sorted by name when the list is read. A pending row shows nobody (Q11).
        by_in_charge: match row.status(at) {
            Status::TrialPending => String::new(),
            _ => in_charge.clone(),
        },
        by_last_change: number(Column::LastChange),
        in_charge,
    }
}

/// What orders a row by a column. No column but that of the person in charge asks who the sales people are.
fn key(row: &CustomerRow, sort: Column, now: Instant) -> SortKey {
    let sales = std::collections::BTreeMap::new();
    Query { sort, ..Query::default() }.key(row, Reading { now, sales: &sales })
}

/// Everything that names the row as a whole (Q2).
fn names(row: &CustomerRow) -> Vec<String> {
    let of_trials = row
        .trials
        .iter()
        .flat_map(|trial| std::iter::once(trial.id.as_str()).chain(trial.numbers.iter().map(String::as_str)));
    let mut names: Vec<String> =
        std::iter::once(row.id.as_str()).chain(of_trials).map(|name| stored_text(&name.to_lowercase())).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// A text as PostgreSQL can keep it. U+0000 stands in no name or address that was checked (N1).
pub(super) fn stored_text(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

/// The number of a day, counted from 1970.
pub(super) fn day_number(day: Day) -> i64 {
    Day::of(Instant::default()).days_until(day)
}

/// The first millisecond that is not before an instant: the backend's clock counts whole ones.
fn millis_from(instant: Instant) -> i64 {
    let millis = instant.timestamp_millis();
    if instant.timestamp_subsec_nanos().is_multiple_of(1_000_000) { millis } else { millis + 1 }
}

/// A status as a number, in the order of attention (Q9).
pub(super) fn status_number(status: Status) -> i64 {
    status as i64
}

/// Services as a number with a bit for each.
pub(super) fn services_mask(services: impl IntoIterator<Item = Service>) -> i32 {
    services.into_iter().fold(0, |mask, service| mask | 1 << (service as i32))
}

/// All numbers of services that hold some of these.
pub(super) fn services_with(some: impl IntoIterator<Item = Service>) -> Vec<i32> {
    let some = services_mask(some);
    (0..=services_mask(Service::ALL)).filter(|mask| mask & some != 0).collect()
}
