//! Search, filters and sort of the customers list (Q2, Q3).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{CustomerRow, RowTrial};
use crate::clock::{Day, Instant};
use crate::ids::{OrganisationId, PersonId};
use crate::named::named;
use crate::region::Region;
use crate::service::Service;
use crate::trial::{Phase, Status};

/// Whose customers are asked for (Q3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum InCharge {
    /// A person's.
    Person(PersonId),
    /// Nobody's: without anybody in charge, or whose person has lost the role (P9).
    Nobody,
}

/// Devices that are asked for (Q3, Q12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DevicesDue {
    /// Devices are out and have to come back.
    Due,
    /// They are overdue.
    Overdue,
}

named!(DevicesDue {
    Due = "due",
    Overdue = "overdue",
});

/// By which column rows are sorted (Q3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the columns of Q1")]
pub enum Column {
    Company,
    Status,
    Services,
    Life,
    Ends,
    DaysLeft,
    Licences,
    Region,
    Administrator,
    InCharge,
    #[default]
    LastChange,
}

named!(Column {
    Company = "company",
    Status = "status",
    Services = "services",
    Life = "life",
    Ends = "ends",
    DaysLeft = "days-left",
    Licences = "licences",
    Region = "region",
    Administrator = "administrator",
    InCharge = "in-charge",
    LastChange = "last-change",
});

impl Column {
    /// Every column, in the order of Q1.
    pub const ALL: [Column; 11] = [
        Column::Company,
        Column::Status,
        Column::Services,
        Column::Life,
        Column::Ends,
        Column::DaysLeft,
        Column::Licences,
        Column::Region,
        Column::Administrator,
        Column::InCharge,
        Column::LastChange,
    ];
}

/// Which customers are asked for, and in which order (Q2, Q3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct Query {
    /// Search text; blanks around it do not count.
    pub search: String,
    /// Statuses; none means all of the default view.
    pub statuses: BTreeSet<Status>,
    /// Services of which a trial has one; none means any.
    pub services: BTreeSet<Service>,
    /// A trial runs and ends within so many days.
    pub ends_within: Option<u32>,
    /// A request can be answered for so many days at most.
    pub answer_within: Option<u32>,
    /// Regions; none means any.
    pub regions: BTreeSet<Region>,
    /// Whose customers.
    pub in_charge: Option<InCharge>,
    /// Devices that have to come back.
    pub devices_due: Option<DevicesDue>,
    /// Only those who are interested in purchasing (C1).
    pub interested: bool,
    /// Only those with failed mails (Q12).
    pub failed_mails: bool,
    /// The column that orders the rows.
    pub sort: Column,
    /// Whether the order is turned round. What changed last comes first, and of any
    /// other column what is least.
    pub reversed: bool,
}

/// What a list is read with: the instant, and the partner's sales people, of whom
/// alone somebody can be in charge (P9).
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The instant.
    pub now: Instant,
    /// The names of the partner's sales people, by id.
    pub sales: &'a BTreeMap<PersonId, String>,
}

impl Reading<'_> {
    fn today(&self) -> Day {
        Day::of(self.now)
    }

    /// Who is in charge of a customer as things stand (P9).
    pub fn in_charge<'a>(&self, row: &'a CustomerRow) -> Option<&'a PersonId> {
        row.assignment.in_charge.as_ref().filter(|id| self.sales.contains_key(id))
    }
}

impl Query {
    /// Whether a row is asked for. What left the list is in no default view: only the
    /// filter of its status shows it (Q11).
    pub fn matches(&self, row: &CustomerRow, reading: Reading<'_>) -> bool {
        let today = reading.today();
        let wanted = match self.statuses.is_empty() {
            true => !row.left_the_list(),
            false => self.statuses.contains(&row.status(reading.now)),
        };
        let within = |day: Day, days: u32| (0..=i64::from(days)).contains(&today.days_until(day));
        let any = |test: &dyn Fn(&RowTrial) -> bool| row.trials.iter().any(test);
        wanted
            && (self.services.is_empty()
                || row.services(reading.now).iter().any(|(service, _)| self.services.contains(service)))
            && self.ends_within.is_none_or(|days| {
                let ends = |trial: &RowTrial| trial.phase.end(today).filter(|end| today < *end);
                any(&|trial| ends(trial).is_some_and(|end| within(end, days)))
            })
            && self.answer_within.is_none_or(|days| {
                any(&|trial| matches!(trial.phase, Phase::Pending { answer_by } if within(answer_by, days)))
            })
            && (self.regions.is_empty() || (row.known && self.regions.contains(&row.region)))
            && match &self.in_charge {
                None => true,
                Some(InCharge::Nobody) => reading.in_charge(row).is_none(),
                Some(InCharge::Person(person)) => reading.in_charge(row) == Some(person),
            }
            && match self.devices_due {
                None => true,
                Some(DevicesDue::Due) => any(&|trial| trial.return_due.is_some()),
                Some(DevicesDue::Overdue) => any(&|trial| trial.return_due.is_some_and(|due| due < today)),
            }
            && (!self.interested || any(&|trial| trial.interested && trial.phase.state(today).holds()))
            && (!self.failed_mails || row.failed_mails > 0)
            && self.finds(row)
    }

    /// Whether the search text is in the name or the administrator's address with
    /// its domain, or is exactly an id or a number of devices: those are letters and
    /// digits in which a short text would be found by chance (Q2).
    fn finds(&self, row: &CustomerRow) -> bool {
        let text = self.search.trim().to_lowercase();
        text.is_empty()
            || row.company.to_lowercase().contains(&text)
            || row.administrator_email.to_lowercase().contains(&text)
            || row.is_named(&text)
    }

    /// What orders a row: two rows with the same key are ordered by id.
    pub fn key(&self, row: &CustomerRow, reading: Reading<'_>) -> SortKey {
        let text = |text: &str| SortKey::Text(text.to_lowercase());
        let day = |day: Option<Day>| {
            let number = |day| SortKey::Number(Day::of(Instant::default()).days_until(day));
            day.map_or(SortKey::Last, number)
        };
        let leading = row.leading_trial(reading.now);
        match self.sort {
            Column::Company => text(&row.company),
            Column::Status => SortKey::Number(row.status(reading.now) as i64),
            Column::Services => {
                let services = row.services(reading.now);
                SortKey::Text(services.iter().map(|(service, _)| service.name()).collect::<Vec<_>>().join(" "))
            }
            // By its first day; by its last one the column beside it sorts.
            Column::Life => day(leading.and_then(|(trial, _)| match trial.phase {
                Phase::Started { start, .. } => Some(start),
                _ => None,
            })),
            // By the day that the row shows, and not by how far it is off: a place in the list
            // stays what it is when the day turns.
            Column::Ends => day(leading.and_then(|(trial, _)| trial.phase.last_day())),
            Column::DaysLeft => day(leading.and_then(|(trial, _)| trial.phase.end(reading.today()))),
            Column::Licences => match leading.and_then(|(trial, _)| trial.licences) {
                Some(licences) => SortKey::Number(i64::from(licences)),
                None => SortKey::Last,
            },
            Column::Region if row.known => text(row.region.name()),
            Column::Region => SortKey::Last,
            // A row whose request is pending shows neither (Q11).
            Column::Administrator | Column::InCharge if row.status(reading.now) == Status::TrialPending => {
                SortKey::Last
            }
            Column::Administrator => text(&row.administrator_email),
            Column::InCharge => match reading.in_charge(row).and_then(|id| reading.sales.get(id)) {
                Some(name) => text(name),
                None => SortKey::Last,
            },
            Column::LastChange => SortKey::Number(-row.last_change.timestamp_micros()),
        }
    }

    /// Whether a row stands after a place in the order of the list.
    pub fn is_after(&self, row: (&SortKey, &OrganisationId), place: (&SortKey, &OrganisationId)) -> bool {
        match self.reversed {
            true => row < place,
            false => row > place,
        }
    }
}

/// What orders rows; what has no value comes last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SortKey {
    /// By a number.
    Number(i64),
    /// By a text in lower case.
    Text(String),
    /// After all others.
    Last,
}

/// The rows that a query asks for, in the order of the list; the id decides between
/// equals, so that paging is stable.
pub fn select<'a>(
    rows: impl IntoIterator<Item = &'a CustomerRow>,
    query: &Query,
    reading: Reading<'_>,
) -> Vec<(SortKey, &'a CustomerRow)> {
    let matching = rows.into_iter().filter(|row| query.matches(row, reading));
    let mut found: Vec<(SortKey, &CustomerRow)> = matching.map(|row| (query.key(row, reading), row)).collect();
    found.sort_by(|(one, row), (other, beside)| (one, &row.id).cmp(&(other, &beside.id)));
    if query.reversed {
        found.reverse();
    }
    found
}
