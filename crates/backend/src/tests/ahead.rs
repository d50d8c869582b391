//! The clock of a demonstration, what time will bring, the journal, and who looks after a
//! customer (G6, L10, L14, P9).

use std::collections::BTreeMap;

use contract::customers::Assign;
use contract::endpoints::{self, encode};
use contract::error::ApiError;
use contract::journal::{JournalLine, Rehearse};
use contract::session::SetClock;
use contract::trials::TrialAct;
use rules::change::{Deed, Part};
use rules::clock::Day;
use rules::notice::{MailKind, Recipients};
use rules::people::{Assignment, Language, PartnerRole, Person, Role};
use rules::service::Duration;
use rules::verdict::Because;

use super::cast::{Asked, STORM, act, journal, mails, storm_runs};
use super::every_act::version;
use super::{ANNA, INGRID, LENA, MEHMET, PIET, RUTH, SANNE, World};
use crate::records::PEOPLE;
use crate::store::{Commit, Store, TableName};

#[test]
fn a_rehearsal_is_what_the_later_run_brings_l14() {
    let world = World::new();
    storm_runs(&world, true);
    super::cast::everything(&world);
    // Provisioning is no matter of time alone: it is done first.
    world.wait_seconds(2 * 3600);
    world.play();
    let before = world.memory.everything();
    let asked = Rehearse { customers: Vec::new(), days: 90 };
    let rehearsal = world.ask(endpoints::REHEARSALS, ANNA, "", &asked).expect("a rehearsal");
    let changed: Vec<_> =
        before.iter().filter(|(key, record)| world.memory.everything().get(key) != Some(record)).collect();
    assert!(changed.iter().all(|((table, _), _)| *table == TableName::Deployment), "it changes nothing");
    assert!(rehearsal.steps.len() > 150, "{}", rehearsal.steps.len());
    assert!(rehearsal.steps.is_sorted_by_key(|step| step.on));

    type Step = (Day, String, Deed, BTreeMap<(MailKind, Recipients), usize>);
    let mut rehearsed: Vec<Step> = rehearsal
        .steps
        .iter()
        .map(|step| {
            let mails = step.mails.iter().map(|mail| ((mail.kind, mail.group), mail.people as usize));
            (step.on, step.organisation.0.clone(), step.deed, mails.collect())
        })
        .collect();
    let organisations: Vec<String> = before
        .keys()
        .filter(|(table, key)| *table == TableName::Customers && key.starts_with("noordzee-telecom/"))
        .map(|(_, key)| key["noordzee-telecom/".len()..].to_owned())
        .collect();
    let entries: BTreeMap<&String, usize> = organisations.iter().map(|id| (id, journal(&world, id).len())).collect();
    world.wait_seconds(90 * 24 * 3600 + 11 * 3600);
    world.play();
    let mut run: Vec<Step> = Vec::new();
    for id in &organisations {
        for entry in &journal(&world, id)[entries[id]..] {
            let mut counted = BTreeMap::new();
            for mail in &entry.change.mails {
                *counted.entry((mail.kind, mail.group)).or_default() += 1;
            }
            run.push((Day::of(entry.change.at), id.clone(), entry.change.deed, counted));
        }
    }
    let order = |step: &Step| (step.0, step.1.clone(), format!("{:?} {:?}", step.2, step.3));
    rehearsed.sort_by_key(order);
    run.sort_by_key(order);
    assert_eq!(rehearsed, run);
}

#[test]
fn a_rehearsal_is_for_1_to_90_days_and_for_customers_that_are_seen_l14_p2() {
    let world = World::new();
    let ask = |person: &str, customers: &[&str], days: u32| {
        let customers = customers.iter().map(|id| (*id).into()).collect();
        world.ask(endpoints::REHEARSALS, person, "", &Rehearse { customers, days })
    };
    for days in [0, 91, u32::MAX] {
        assert_eq!(ask(ANNA, &[], days).map(drop), Err(ApiError::Malformed), "{days}");
    }
    assert_eq!(ask(ANNA, &["customer-065"], 30).map(drop), Err(ApiError::NotFound));
    assert_eq!(ask(MEHMET, &["customer-001"], 30).map(drop), Err(ApiError::NotFound));
    let one = ask(PIET, &["customer-001"], 30).expect("he looks").steps;
    assert!(!one.is_empty() && one.iter().all(|step| step.organisation.as_str() == "customer-001"));
    assert!(ask(SANNE, &[], 30).is_err() && ask(RUTH, &[], 30).is_err());
    assert!(ask(INGRID, &[], 90).expect("hers").steps.iter().all(|step| step.organisation.as_str() >= "customer-065"));
}

#[test]
fn the_clock_is_set_forward_kept_and_set_back_by_a_reset_g6() {
    let world = World::new();
    let today = Day::of(world.now());
    for days in [0, 401] {
        let wrong = world.ask(endpoints::CLOCK_SET, ANNA, "", &SetClock { days });
        assert_eq!(wrong.map(drop), Err(ApiError::Malformed), "{days}");
    }
    let set = Asked::of(&world, &endpoints::CLOCK_SET, ANNA, "", &SetClock { days: 40 });
    let answer: contract::session::ClockAnswer = set.answer(&world).expect("set");
    assert_eq!((answer.today, answer.days_ahead), (today.plus(40), 40));
    assert_eq!(set.answer(&world), Ok(answer), "a repeated request sets it once (G2)");
    let fresh = World::restarted(&world);
    let session = fresh.ask(endpoints::SESSION, ANNA, "", &()).expect("a session");
    assert_eq!((session.today, session.days_ahead), (today.plus(40), 40));
    let kinds = |kind| mails(&fresh, "customer-001").iter().filter(|(_, mail)| mail.order.kind == kind).count();
    assert_eq!((kinds(MailKind::EndsSoon), kinds(MailKind::Ended)), (2, 2), "what passed was played");
    let more: contract::session::ClockAnswer =
        fresh.ask(endpoints::CLOCK_SET, "nobody", "", &SetClock { days: 50 }).expect("set");
    assert_eq!(more.days_ahead, 90);
    // Far ahead Rederij Storm may be gone; after the reset its people are introduced again.
    let session = fresh.ask(endpoints::RESET, ANNA, "", &()).expect("reset");
    assert_eq!((session.today, session.days_ahead), (today, 0));
    assert_eq!(session.personas.map(|personas| personas.len()), Some(super::EVERYBODY.len()));
    assert_eq!(world.ask(endpoints::CLOCK, ANNA, "", &()).map(|clock| clock.days_ahead), Ok(0));
    let server = World::server();
    for path in [endpoints::CLOCK.path, endpoints::RESET.path, endpoints::SIGN_IN.path] {
        assert_eq!(server.send("POST", path, ANNA, "{}", &[]).status, 404, "{path} is not on a server");
    }
}

#[test]
fn the_personas_of_a_reset_are_those_of_the_fresh_data_g6() {
    let world = World::new();
    storm_runs(&world, true);
    world.ask(endpoints::CLOCK_SET, ANNA, "", &SetClock { days: 80 }).expect("set");
    let session = world.ask(endpoints::SESSION, ANNA, "", &()).expect("a session");
    assert_eq!(session.personas.map(|personas| personas.len()), Some(7), "Rederij Storm closed with its trial (L3)");
    assert_eq!(world.ask(endpoints::HUB, SANNE, "", &()), Err(ApiError::NotSignedIn));
    let session = world.ask(endpoints::RESET, ANNA, "", &()).expect("reset");
    assert_eq!(session.personas.map(|personas| personas.len()), Some(super::EVERYBODY.len()));
}

fn whole(world: &World, person: &str, query: &str) -> Vec<JournalLine> {
    let (mut lines, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = world.ask(endpoints::JOURNAL, person, &format!("?{query}{cursor}"), &()).expect("a journal");
        lines.extend(page.entries);
        match page.next {
            Some(next) => cursor = format!("&cursor={}", encode(&next)),
            None => return lines,
        }
    }
}

#[test]
fn the_journal_tells_before_and_after_is_filtered_paged_and_downloaded_l10() {
    let world = World::new();
    let trial = storm_runs(&world, true);
    let extend = TrialAct::Extend { days: Duration::Days90, confirmed: false };
    act(&world, ANNA, &trial, extend).expect("a preview").done(&world);
    let lines = whole(&world, ANNA, "");
    assert!(lines.len() > 200 && lines.is_sorted_by_key(|line| std::cmp::Reverse(line.at)), "{}", lines.len());
    let of_storm = whole(&world, SANNE, "");
    assert!(of_storm.iter().all(|line| line.organisation.as_str() == STORM));
    assert_eq!(of_storm.iter().map(|line| line.deed).filter(|deed| *deed == Deed::Extended).count(), 1);
    let today = Day::of(world.now());
    let extended = whole(&world, ANNA, &format!("organisation={STORM}&deed=extended&trial={trial}")).remove(0);
    let change = extended.change.expect("its own");
    let ends: Vec<_> = change
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::Trial(Some(before), Some(after)) => Some((before.end(), after.end())),
            _ => None,
        })
        .collect();
    assert_eq!(ends, [(Some(today.plus(30)), Some(today.plus(90)))]);
    assert!(
        whole(&world, ANNA, "deed=extended,cancelled")
            .iter()
            .all(|line| matches!(line.deed, Deed::Extended | Deed::Cancelled))
    );
    assert!(whole(&world, ANNA, "trial=nothing").is_empty());
    for wrong in ["deed=nonsense", "cursor=nonsense"] {
        assert_eq!(world.send("GET", &format!("/api/v1/journal?{wrong}"), ANNA, "", &[]).status, 400, "{wrong}");
    }

    for (person, query) in [(ANNA, String::new()), (SANNE, String::new()), (LENA, format!("organisation={STORM}"))] {
        let reply = world.send("GET", &format!("/api/v1/journal.csv?{query}"), person, "", &[]);
        assert_eq!((reply.status, reply.header("content-type")), (200, "text/csv; charset=utf-8"));
        let mut reader = csv::Reader::from_reader(reply.body.trim_start_matches('\u{feff}').as_bytes());
        let table: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("a record")).collect();
        let lines = whole(&world, person, &query);
        assert_eq!(table.len(), lines.len());
        for (cells, line) in table.iter().zip(&lines) {
            assert_eq!(&cells[0], line.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
            assert_eq!(&cells[3], words::label::deed(Language::En, line.deed));
            let change = line.change.as_deref().expect("a change");
            let told = words::label::told(Language::En, change, &line.mails, &line.colleagues);
            assert_eq!(
                (&cells[7], &cells[8], &cells[9]),
                (
                    &*told.about.join("; "),
                    &*told.before(Language::En).join("; "),
                    &*told.after(Language::En).join("; ")
                )
            );
        }
    }
    assert_eq!(world.send("GET", "/api/v1/journal.csv", PIET, "", &[]).status, 403, "no download of any kind (P2)");
}

#[test]
fn an_entry_names_its_mails_and_the_services_of_its_trial_l10() {
    let world = World::new();
    storm_runs(&world, true);
    world.wait_days(60);
    world.play();
    let lines = whole(&world, ANNA, &format!("organisation={STORM}"));
    assert!(lines.iter().filter(|line| line.deed == Deed::Noticed).all(|line| !line.mails.is_empty()));
    assert!(lines.iter().filter(|line| line.trial.is_some()).all(|line| !line.services.is_empty()));
}

#[test]
fn the_customer_reads_no_addresses_of_partners_people_in_journal_or_mails_p5_l10() {
    let world = World::new();
    storm_runs(&world, true);
    world.wait_days(23);
    world.play();
    for query in ["/api/v1/journal", "/api/v1/mails"] {
        let reply = world.send("GET", query, SANNE, "", &[]);
        assert!(reply.status == 200 && !reply.body.contains("@noordzee-telecom.example"), "{query}: {}", reply.body);
    }
}

#[test]
fn a_sales_full_administrator_says_who_looks_after_a_customer_p9_p2() {
    let world = World::new();
    let assign = |person: &str, in_charge: Option<&str>, assigned: &[&str]| {
        let assigned = assigned.iter().map(|id| (*id).into()).collect();
        let assignment = Assignment { in_charge: in_charge.map(Into::into), assigned };
        let asked = Asked::of(&world, &endpoints::ASSIGNMENT, person, "customer-001", &Assign { assignment });
        asked.at(version(&world, "customer-001")).answer::<contract::customers::CustomerDetail>(&world)
    };
    let sees = |person: &str| world.ask(endpoints::CUSTOMER, person, "customer-001", &()).is_ok();
    assert!(!sees(MEHMET));
    let detail = assign(ANNA, Some(ANNA), &[MEHMET]).expect("assigned");
    assert_eq!(detail.assigned.iter().map(|person| person.id.as_str()).collect::<Vec<_>>(), [MEHMET]);
    assert!(sees(MEHMET));
    for wrong in [LENA, INGRID, SANNE, "nobody"] {
        let refused = assign(ANNA, Some(wrong), &[]);
        let Err(ApiError::Refused { refusal, .. }) = refused else { panic!("{wrong}: {refused:?}") };
        assert_eq!(refusal.because, Because::NotASalesAdministrator, "{wrong}");
    }
    assert!(assign(MEHMET, Some(MEHMET), &[]).is_err() && assign(PIET, None, &[]).is_err());
    assert_eq!(assign(INGRID, Some(INGRID), &[]).map(drop), Err(ApiError::NotFound));
    let detail = assign(ANNA, Some(MEHMET), &[]).expect("assigned");
    assert_eq!(detail.in_charge.map(|person| person.id.0).as_deref(), Some(MEHMET));

    // Who loses the role is in charge of nobody any more, and the customer is unassigned.
    let role = Role::Partner { partner: "noordzee-telecom".into(), role: PartnerRole::HelpDesk };
    let person = Person { role, ..super::cast::person(&world, MEHMET) };
    let mut commit = Commit::default();
    commit.put(&PEOPLE, format!("noordzee-telecom/{MEHMET}"), &person);
    futures_executor::block_on(world.memory.commit(commit)).expect("no fault");
    let detail = world.ask(endpoints::CUSTOMER, ANNA, "customer-001", &()).expect("its page");
    assert_eq!(detail.in_charge, None);
    let nobodys = world.ask(endpoints::CUSTOMERS, ANNA, "?in_charge=nobody&q=customer-001", &()).expect("a list");
    assert_eq!(nobodys.found, 1);
}
