//! What the law costs: nanoseconds for each call, by `cargo bench -p rules --features samples`.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a benchmark measures with a clock; the rules are still told the instant"
)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use rules::act::{Act, Context, TrialAct, decide};
use rules::customers::{Attention, CustomerRow, Query, Reading, totals};
use rules::eligibility::eligibility;
use rules::organisation::Organisation;
use rules::people::PartnerRole;
use rules::samples::{self, Story};
use rules::service::{Duration, Service};
use rules::time;

/// How many rows and trials there are.
const MANY: u32 = 100_000;

/// Prints what one call costs: the least of five rounds.
fn measure(what: &str, calls: u32, mut work: impl FnMut()) {
    let round = |_| {
        let begin = Instant::now();
        work();
        begin.elapsed().as_nanos() / u128::from(calls)
    };
    let least = (0..5).map(round).min().unwrap_or_default();
    println!("{what:<58} {least:>9} ns");
}

fn customers() -> Vec<Organisation> {
    let services = [vec![Service::Messaging], vec![Service::Meetings, Service::Calling], Service::ALL.to_vec()];
    let kinds: Vec<Organisation> =
        services.iter().map(|services| Story::started(samples::customer_draft(services)).organisation).collect();
    let of = |number: u32| {
        let mut organisation = kinds[number as usize % kinds.len()].clone();
        organisation.id = format!("organisation-{number}").as_str().into();
        organisation.name = format!("Customer number {number}");
        organisation
    };
    (0..MANY).map(of).collect()
}

fn main() {
    let story = Story::running(samples::customer_draft(&Service::ALL), true);
    let (sales, facts) = (samples::actor(PartnerRole::SalesAdministrator), story.facts.clone());
    let context = Context { actor: Some(&sales), now: story.now, facts: &facts };
    const CALLS: u32 = 20_000;
    measure("decide: extend", CALLS, || {
        for _ in 0..CALLS {
            let act = Act::Trial("asked".into(), TrialAct::Extend(Duration::Days90, false));
            black_box(decide(Some(&story.organisation), act, context).is_ok());
        }
    });
    measure("decide: cancel", CALLS, || {
        for _ in 0..CALLS {
            let act = Act::Trial("asked".into(), TrialAct::Cancel);
            black_box(decide(Some(&story.organisation), act, context).is_ok());
        }
    });
    let competitor = samples::competitor().id;
    measure("eligibility of the four services", CALLS, || {
        for _ in 0..CALLS {
            black_box(eligibility(black_box(&story.organisation), &competitor, story.now));
        }
    });

    let organisations = customers();
    let partner = samples::partner().id;
    let row = |organisation: &Organisation| CustomerRow::of(organisation, &partner, 0);
    let rows: Vec<CustomerRow> = organisations.iter().filter_map(row).collect();
    let sellers = BTreeMap::from([(sales.person.id.clone(), sales.person.name.clone())]);
    let reading = Reading { now: story.now, sales: &sellers };
    let search = Query { search: "number 99".to_owned(), ..Query::default() };
    for (what, query) in [
        ("Query::matches: everything, for each of 100,000 rows", Query::default()),
        ("Query::matches: ends soon, for each of 100,000 rows", Attention::EndsSoon.query()),
        ("Query::matches: search, for each of 100,000 rows", search),
    ] {
        measure(what, MANY, || {
            black_box(rows.iter().filter(|row| query.matches(row, reading)).count());
        });
    }
    measure("totals, for each of 100,000 rows", MANY, || {
        black_box(totals(&rows, story.now));
    });

    let quiet = story.now + chrono::TimeDelta::hours(1);
    measure("time::pass: nothing due, for each of 100,000 trials", MANY, || {
        black_box(organisations.iter().map(|each| time::pass(each, quiet, &facts).len()).sum::<usize>());
    });
    let notice = story.now + chrono::TimeDelta::days(23);
    measure("time::pass: welcome and first notices, for each", MANY, || {
        black_box(organisations.iter().map(|each| time::pass(each, notice, &facts).len()).sum::<usize>());
    });
    let all = story.now + chrono::TimeDelta::days(100);
    measure("time::pass: the whole life, for each", MANY, || {
        black_box(organisations.iter().map(|each| time::pass(each, all, &facts).len()).sum::<usize>());
    });
}
