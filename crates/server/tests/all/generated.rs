//! Rows of a customers list, and what is asked of it, made up: the same ones in every run.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use rules::clock::{Day, Instant};
use rules::customers::{Column, CustomerRow, DevicesDue, InCharge, Query, RowTrial, SortKey};
use rules::ids::{OrganisationId, PersonId, TrialId};
use rules::people::Assignment;
use rules::region::Region;
use rules::service::Service;
use rules::trial::{Phase, Status};

/// The people that rows know. The last one is no sales person.
pub const PEOPLE: [&str; 5] = ["anna", "bert", "carla", "dirk", "gone"];

/// Before this day nothing happened after, and on it the readers begin.
pub fn first_day() -> Day {
    Day::from_ymd(2026, 3, 2).expect("a day")
}

/// The sales people: two of one name, whatever its case.
pub fn sales() -> BTreeMap<PersonId, String> {
    let names = [("anna", "Żaneta"), ("bert", "max"), ("carla", "Max"), ("dirk", "Ö & Co 100%")];
    names.into_iter().map(|(id, name)| (id.into(), name.to_owned())).collect()
}

/// Takes values of strategies, one after the other.
pub struct Dice(TestRunner);

impl Dice {
    pub fn new() -> Dice {
        Dice(TestRunner::deterministic())
    }

    pub fn throw<T: std::fmt::Debug>(&mut self, strategy: impl Strategy<Value = T>) -> T {
        strategy.new_tree(&mut self.0).expect("a value").current()
    }
}

fn day() -> impl Strategy<Value = Day> {
    (0..140u32).prop_map(|days| first_day().minus(70).plus(days))
}

fn phase() -> impl Strategy<Value = Phase> {
    prop_oneof![
        5 => (day(), 0..90u32).prop_map(|(start, days)| Phase::Started { start, end: start.plus(days) }),
        2 => day().prop_map(|answer_by| Phase::Pending { answer_by }),
        1 => day().prop_map(|since| Phase::Awaiting { since }),
        1 => day().prop_map(|on| Phase::Converted { on }),
        1 => (day(), any::<bool>()).prop_map(|(on, started)| Phase::Cancelled { on, started }),
        1 => day().prop_map(|on| Phase::Declined { on }),
        1 => day().prop_map(|on| Phase::Lapsed { on }),
    ]
}

fn services() -> impl Strategy<Value = Vec<Service>> {
    subsequence(Service::ALL.to_vec(), 0..=4).prop_shuffle()
}

fn trial() -> impl Strategy<Value = RowTrial> {
    (
        0..1000u32,
        phase(),
        proptest::option::of((day(), 0..86_400_000_000i64)),
        services(),
        proptest::option::of(1..300u32),
        any::<bool>(),
        proptest::option::weighted(0.3, day()),
        proptest::collection::vec("[A-C][0-9]", 0..2),
    )
        .prop_map(|(id, phase, setting_up, services, licences, interested, return_due, numbers)| RowTrial {
            id: TrialId(format!("Trial-{id}")),
            phase,
            // To the microsecond: an instant that lies between two of the backend's clock.
            setting_up_until: setting_up.map(|(day, micros)| day.begin() + chrono::TimeDelta::microseconds(micros)),
            services,
            licences,
            interested,
            return_due,
            numbers,
        })
}

/// Names that people have, and signs that mean something to somebody.
const COMPANIES: [&str; 12] = [
    "Acme",
    "ACME ",
    "acme_1",
    "100% Öl",
    "a\\b",
    "a\\\\b",
    "İstanbul",
    "<b>Harbour</b> & Sons",
    "شركة",
    "'; DROP TABLE customers; --",
    "\u{10FFFE}",
    "ß",
];

fn company() -> impl Strategy<Value = String> {
    prop_oneof![select(&COMPANIES[..]).prop_map(str::to_owned), "[a-cA-C %_é]{1,6}", "\\PC{1,8}"]
}

fn person() -> impl Strategy<Value = PersonId> {
    select(&PEOPLE[..]).prop_map(PersonId::from)
}

/// A row with an id.
pub fn row(id: String) -> impl Strategy<Value = CustomerRow> {
    (
        (company(), "[a-c]{1,3}@[a-c_]{1,3}\\.example"),
        select(Region::ALL.to_vec()),
        any::<bool>(),
        (proptest::option::of(person()), proptest::collection::vec(person(), 0..3)),
        proptest::collection::vec(trial(), 0..3),
        services(),
        0..70 * 86_400_000i64,
        prop_oneof![3 => Just(0u32), 1 => 1..4u32],
    )
        .prop_map(move |((company, email), region, known, assignment, trials, purchased, before, failed)| {
            CustomerRow {
                id: OrganisationId(id.clone()),
                company,
                administrator_email: email,
                region,
                known,
                assignment: Assignment { in_charge: assignment.0, assigned: assignment.1 },
                trials,
                purchased,
                // Some of them to the day, so that several are alike.
                last_change: first_day().begin()
                    - chrono::TimeDelta::milliseconds(if before % 2 == 0 {
                        before
                    } else {
                        before / 86_400_000 * 86_400_000
                    }),
                failed_mails: failed,
            }
        })
}

/// A search text.
pub fn search() -> impl Strategy<Value = String> {
    let found =
        select(&["", " ", "a", "B", "%", "_", "\\", "@b", ".example", "trial-5", "A1", "c-00007", "i̇", "100%"][..]);
    prop_oneof![4 => Just(String::new()), 2 => found.prop_map(str::to_owned), 1 => company(), 1 => "[a-c]{1,3}"]
}

/// What a list is asked for: mostly a few filters at once.
pub fn query() -> impl Strategy<Value = Query> {
    let days = || proptest::option::weighted(0.15, prop_oneof![0..40u32, Just(u32::MAX)]);
    let in_charge = prop_oneof![Just(InCharge::Nobody), person().prop_map(InCharge::Person)];
    (
        search(),
        prop_oneof![2 => Just(vec![]), 1 => subsequence(Status::ALL.to_vec(), 1..=13)],
        prop_oneof![4 => Just(vec![]), 1 => services()],
        (days(), days()),
        prop_oneof![4 => Just(vec![]), 1 => subsequence(Region::ALL.to_vec(), 1..=3)],
        proptest::option::weighted(0.2, in_charge),
        proptest::option::weighted(0.15, select(&[DevicesDue::Due, DevicesDue::Overdue][..])),
        (proptest::bool::weighted(0.1), proptest::bool::weighted(0.1)),
        (select(&Column::ALL[..]), any::<bool>()),
    )
        .prop_map(|(search, statuses, services, within, regions, in_charge, devices_due, flags, order)| Query {
            search,
            statuses: statuses.into_iter().collect(),
            services: services.into_iter().collect(),
            ends_within: within.0,
            answer_within: within.1,
            regions: regions.into_iter().collect(),
            in_charge,
            devices_due,
            interested: flags.0,
            failed_mails: flags.1,
            sort: order.0,
            reversed: order.1,
        })
}

/// An instant at which somebody reads, in whole milliseconds: also just when a day turns.
pub fn instant() -> impl Strategy<Value = Instant> {
    let of_day = prop_oneof![Just(0i64), Just(86_399_999), 0..86_400_000i64];
    (0..150u32, of_day)
        .prop_map(|(days, millis)| first_day().plus(days).begin() + chrono::TimeDelta::milliseconds(millis))
}

/// A place that somebody may name, also one that is of no row.
pub fn place() -> impl Strategy<Value = (SortKey, String)> {
    let key = prop_oneof![
        Just(SortKey::Last),
        prop_oneof![Just(i64::MAX), Just(i64::MIN), -10..40_000i64].prop_map(SortKey::Number),
        company().prop_map(|text| SortKey::Text(text.to_lowercase())),
    ];
    (key, "c-000[0-9]{2}|")
}
