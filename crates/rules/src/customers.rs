//! The customers list: rows, search, filter and totals (Q).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::clock::{Day, Instant};
use crate::ids::{OrganisationId, TrialId};
use crate::organisation::Organisation;
use crate::people::Assignment;
use crate::region::Region;
use crate::service::Service;
use crate::trial::{Phase, Status, Trial};

/// What a row keeps of a trial. The status follows from it and the instant, so
/// that a row need not be written again when a day passes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct RowTrial {
    /// The trial's id.
    pub id: TrialId,
    /// Where it stands.
    pub phase: Phase,
    /// Until when Setting up is shown at most (L11).
    pub setting_up_until: Option<Instant>,
    /// Its services.
    pub services: Vec<Service>,
    /// Its licences; `None` when Devices is its only service (N9).
    pub licences: Option<u32>,
}

impl RowTrial {
    /// What a row keeps of a trial.
    pub fn of(trial: &Trial) -> RowTrial {
        RowTrial {
            id: trial.id.clone(),
            phase: trial.phase,
            setting_up_until: trial.setting_up_until(),
            services: trial.offer.services(),
            licences: trial.offer.licences,
        }
    }

    /// The shown status at an instant (L11).
    pub fn status(&self, now: Instant) -> Status {
        self.phase.status(Day::of(now), self.setting_up_until.is_some_and(|until| now < until))
    }
}

/// A customer of one partner, as the list keeps it (Q1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CustomerRow {
    /// The organisation's id.
    pub id: OrganisationId,
    /// Company name.
    pub company: String,
    /// Administrator's address.
    pub administrator_email: String,
    /// Data residency region.
    pub region: Region,
    /// Who looks after the customer (P9).
    pub assignment: Assignment,
    /// The partner's own trials there.
    pub trials: Vec<RowTrial>,
    /// Services that the customer owns.
    pub purchased: Vec<Service>,
    /// When anything of it changed last.
    pub last_change: Instant,
}

impl CustomerRow {
    /// The row of an organisation with its trials.
    pub fn of(organisation: &Organisation, trials: &[Trial], last_change: Instant) -> CustomerRow {
        CustomerRow {
            id: organisation.id.clone(),
            company: organisation.name.clone(),
            administrator_email: organisation.administrator_email.clone(),
            region: organisation.region,
            assignment: organisation.managed_by.assignment.clone(),
            trials: trials.iter().map(RowTrial::of).collect(),
            purchased: Vec::new(),
            last_change,
        }
    }

    /// The trial that needs attention first at an instant, with its status (Q9).
    pub fn leading_trial(&self, now: Instant) -> Option<(&RowTrial, Status)> {
        self.trials.iter().map(|trial| (trial, trial.status(now))).min_by_key(|(_, status)| *status)
    }

    /// The status of the row: of the trial that needs attention first, else
    /// Subscription or No trial (Q9).
    pub fn status(&self, now: Instant) -> Status {
        match self.leading_trial(now) {
            Some((_, status)) => status,
            None if self.purchased.is_empty() => Status::NoTrial,
            None => Status::Subscription,
        }
    }

    /// Whether the customer has left the list: every trial did, and nothing is owned (Q11).
    pub fn left_the_list(&self) -> bool {
        !self.trials.is_empty()
            && self.purchased.is_empty()
            && self.trials.iter().all(|trial| trial.phase.left_the_list())
    }
}

/// Which customers are asked for (Q2, Q3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Query {
    /// Search text; blanks around it do not count.
    pub search: String,
    /// Statuses; none means all of the default view.
    pub statuses: BTreeSet<Status>,
}

impl Query {
    /// Whether a row is asked for at an instant. What left the list is in no
    /// default view: only the filter of its status shows it (Q11).
    pub fn matches(&self, row: &CustomerRow, now: Instant) -> bool {
        let wanted = match self.statuses.is_empty() {
            true => !row.left_the_list(),
            false => self.statuses.contains(&row.status(now)),
        };
        wanted && self.finds(row)
    }

    /// Whether the search text is in the name or the administrator's address with
    /// its domain, or is exactly an id: ids are random letters, in which a short
    /// text would be found by chance (Q2).
    fn finds(&self, row: &CustomerRow) -> bool {
        let text = self.search.trim().to_lowercase();
        text.is_empty()
            || row.company.to_lowercase().contains(&text)
            || row.administrator_email.to_lowercase().contains(&text)
            || row.id.as_str().to_lowercase() == text
            || row.trials.iter().any(|trial| trial.id.as_str().to_lowercase() == text)
    }
}

/// The rows that a query asks for, in the order of the list: what changed last
/// comes first, and the id decides between equals, so that paging is stable.
pub fn select<'a>(
    rows: impl IntoIterator<Item = &'a CustomerRow>,
    query: &Query,
    now: Instant,
) -> Vec<&'a CustomerRow> {
    let mut found: Vec<&CustomerRow> = rows.into_iter().filter(|row| query.matches(row, now)).collect();
    found.sort_by_key(|row| (Reverse(row.last_change), row.id.clone()));
    found
}

/// How many customers have each status; those who left the list are not counted,
/// so the totals add up to the default view (Q4, Q9, Q11).
pub fn totals<'a>(rows: impl IntoIterator<Item = &'a CustomerRow>, now: Instant) -> BTreeMap<Status, u32> {
    let mut totals = BTreeMap::new();
    for row in rows.into_iter().filter(|row| !row.left_the_list()) {
        *totals.entry(row.status(now)).or_default() += 1;
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    fn row(id: &str, phases: &[Phase]) -> CustomerRow {
        let trial = samples::trial(samples::shortest_draft());
        let trials =
            phases.iter().map(|phase| RowTrial { phase: *phase, setting_up_until: None, ..RowTrial::of(&trial) });
        let Some(organisation) = organisation() else { panic!("a start makes an organisation") };
        CustomerRow { id: id.into(), trials: trials.collect(), ..CustomerRow::of(&organisation, &[], samples::now()) }
    }

    fn organisation() -> Option<Organisation> {
        match samples::started(samples::shortest_draft()) {
            crate::trial::Change::Started { organisation, .. } => Some(*organisation),
            crate::trial::Change::Provisioned { .. } => None,
        }
    }

    fn running(left: u32) -> Phase {
        let today = Day::of(samples::now());
        Phase::Started { start: today, end: today.plus(left) }
    }

    fn expired() -> Phase {
        let end = Day::of(samples::now());
        Phase::Started { start: end.minus(30), end }
    }

    #[test]
    fn a_row_shows_the_trial_that_needs_attention_first_q9() {
        let now = samples::now();
        let on = Day::of(now);
        assert_eq!(row("a", &[running(60), expired(), running(3)]).status(now), Status::Expired);
        assert_eq!(row("a", &[running(60), running(3)]).status(now), Status::ExpiringSoon);
        assert_eq!(row("a", &[Phase::Converted { on }, running(60)]).status(now), Status::Active);
        assert_eq!(row("a", &[]).status(now), Status::NoTrial);
        let owner = CustomerRow { purchased: vec![Service::Meetings], ..row("a", &[]) };
        assert_eq!(owner.status(now), Status::Subscription);
        assert!(
            Status::ALL.windows(2).all(|pair| pair[0] < pair[1]),
            "the order of attention is the order of the type"
        );
    }

    #[test]
    fn search_finds_name_address_domain_and_id_whatever_the_case_q2() {
        let row = row("org-42", &[running(60)]);
        for (search, found) in [
            ("van dijk", true),
            ("  LOGISTIEK ", true),
            ("it@vandijk", true),
            ("vandijk.example", true),
            ("ORG-42", true),
            ("trial-1", true),
            ("trial", false),
            ("", true),
            ("acme", false),
            ("%", false),
        ] {
            let query = Query { search: search.to_owned(), ..Query::default() };
            assert_eq!(query.matches(&row, samples::now()), found, "{search:?}");
        }
    }

    #[test]
    fn the_status_filter_shows_exactly_the_chosen_statuses_q3() {
        let rows = [row("a", &[running(60)]), row("b", &[expired()]), row("c", &[running(2)])];
        let ids = |statuses: &[Status]| -> Vec<String> {
            let query = Query { statuses: statuses.iter().copied().collect(), ..Query::default() };
            select(&rows, &query, samples::now()).iter().map(|row| row.id.to_string()).collect()
        };
        assert_eq!(ids(&[]), ["a", "b", "c"]);
        assert_eq!(ids(&[Status::Expired]), ["b"]);
        assert_eq!(ids(&[Status::Active, Status::ExpiringSoon]), ["a", "c"]);
        assert!(ids(&[Status::Closed]).is_empty());
    }

    #[test]
    fn who_left_the_list_is_in_no_default_view_or_total_but_in_its_filter_q11() {
        let on = Day::of(samples::now());
        let left = row("gone", &[Phase::Declined { on }]);
        assert!(!Query::default().matches(&left, samples::now()));
        assert!(totals([&left], samples::now()).is_empty());
        let filter = Query { statuses: [Status::Declined].into(), ..Query::default() };
        assert!(filter.matches(&left, samples::now()));
        let stays = row("stays", &[Phase::Cancelled { on, started: true }]);
        assert!(Query::default().matches(&stays, samples::now()));
    }

    #[test]
    fn totals_count_customers_by_status_and_add_up_q4_q9() {
        let rows =
            [row("a", &[running(60), expired()]), row("b", &[expired()]), row("c", &[running(2)]), row("d", &[])];
        let totals = totals(&rows, samples::now());
        assert_eq!(totals, BTreeMap::from([(Status::Expired, 2), (Status::ExpiringSoon, 1), (Status::NoTrial, 1)]));
        assert_eq!(totals.values().sum::<u32>() as usize, select(&rows, &Query::default(), samples::now()).len());
    }

    #[test]
    fn what_changed_last_comes_first() {
        let older = row("a", &[running(60)]);
        let newer =
            CustomerRow { last_change: older.last_change + chrono::TimeDelta::hours(1), ..row("b", &[running(60)]) };
        let ids: Vec<&str> =
            select([&older, &newer], &Query::default(), samples::now()).iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids, ["b", "a"]);
    }
}
