//! What a rehearsal foretells of 1,000 trials for 60 days is what the days then bring, one after
//! the other, and foretelling it changes nothing (L14).

use std::collections::{BTreeMap, BTreeSet};

use contract::endpoints;
use contract::journal::{Rehearsal, Rehearse};
use contract::session::SignIn;
use futures_executor::block_on;
use rules::change::{Change, Deed, Part};
use rules::clock::Day;
use rules::notice::{MailKind, MailState, Recipients};
use rules::organisation::Vertical;
use rules::service::{Duration, Service};
use rules::trial::Status;

use super::cast::{everything, journal, mails, sent, storm_runs};
use super::dice::Dice;
use super::{ANNA, World};
use crate::consent::Signer;
use crate::seed::{self, Customer, When, customer};
use crate::store::{Commit, Records, Store, TableName};

const TRIALS: usize = 1_000;
const DAYS: u32 = 60;

/// A trial that stands anywhere, with any services, of any duration.
fn drawn(dice: &mut Dice, number: usize) -> Customer {
    let days = |dice: &mut Dice, low, high| u32::try_from(dice.between(low, high)).expect("days");
    let duration = dice.one_of(&Duration::ALL);
    let when = match dice.between(0, 20) {
        0..=1 => When::Pending(days(dice, 0, 31)),
        2..=3 => When::Awaiting(days(dice, 0, 91)),
        4 => When::SettingUp,
        5..=12 => When::Runs(days(dice, 1, i64::from(duration.days()) + 1), duration),
        13..=16 => When::Ended(days(dice, 0, 80), duration),
        17 => When::Converted(days(dice, 0, 20)),
        18 => When::Cancelled(days(dice, 0, 20)),
        _ => When::Declined(days(dice, 0, 20)),
    };
    let services: [&[Service]; 4] = [
        &[Service::Messaging],
        &[Service::Messaging, Service::Calling],
        &[Service::Meetings],
        &[Service::Messaging, Service::Devices],
    ];
    // A customer of the demonstration is written down, and lives as long as the program.
    let company = Box::leak(format!("Drawn {number}").into_boxed_str());
    let email = Box::leak(format!("it@drawn{number}.example").into_boxed_str());
    let country = dice.one_of(&["NL", "DE", "US"]);
    customer(company, email, country, Vertical::Retail, ANNA).trial(when, dice.one_of(&services), 20)
}

/// The demonstration with 1,000 trials more, and devices that are out.
fn many() -> World {
    let world = World::new();
    storm_runs(&world, true);
    let started = everything(&world);
    sent(&world, started.trial.as_str());
    // They are overdue before the 60 days are over (D8).
    world.wait_days(20);
    world.play();
    let mut dice = Dice(60);
    let drawn: Vec<Customer> = (0..TRIALS).map(|number| drawn(&mut dice, number)).collect();
    let signer = block_on(Signer::of(world.memory.as_ref(), world.clock.as_ref())).expect("a key");
    let mut commit = Commit::default();
    seed::more(&mut commit, &drawn, world.now(), &super::deployment(), world.clock.as_ref(), &signer);
    block_on(world.memory.commit(commit)).expect("no fault");
    // Provisioning is no matter of time alone: it is done first.
    world.wait_seconds(2 * 3600);
    world.play();
    // Every day is looked at near its end, so that all of it has come.
    world.wait_seconds(11 * 3600);
    world.play();
    // The first write of a day forgets what may be forgotten, whatever it is about.
    world.ask(endpoints::SIGN_IN, ANNA, "", &SignIn { person: ANNA.into() }).expect("a persona signs in");
    world
}

/// What was brought about: on which day, to which trial, what, and how it is shown since.
type Step = (Day, String, String, String, Option<Status>);
/// A mail: on which day it went, about which trial, of which kind, and to which group.
type Sent = (Day, String, String, MailKind, Recipients);

fn foretold(rehearsal: &Rehearsal) -> (BTreeMap<Step, usize>, BTreeMap<Sent, usize>) {
    let (mut steps, mut sent) = (BTreeMap::new(), BTreeMap::new());
    for step in &rehearsal.steps {
        let (organisation, trial) = (step.organisation.to_string(), step.trial.clone().unwrap_or_default().0);
        *steps.entry(named(step.on, &organisation, &trial, step.deed, step.status)).or_default() += 1;
        for mail in &step.mails {
            let key = (step.on, organisation.clone(), trial.clone(), mail.kind, mail.group);
            *sent.entry(key).or_default() += mail.people as usize;
        }
    }
    (steps, sent)
}

fn named(on: Day, organisation: &str, trial: &str, deed: Deed, status: Option<Status>) -> Step {
    (on, organisation.to_owned(), trial.to_owned(), format!("{deed:?}"), status)
}

/// How the trial of a change is shown after it.
fn shown(change: &Change) -> Option<Status> {
    let id = change.trial.as_ref()?;
    change.parts.iter().find_map(|part| match part {
        Part::Trial(_, Some(after)) if after.id == *id => Some(after.status(change.at)),
        _ => None,
    })
}

/// The customers of Noordzee Telecom, in whose name Anna asks.
fn own(world: &World) -> Vec<String> {
    let prefix = "noordzee-telecom/";
    let everything = world.memory.everything();
    let rows = everything.keys().filter(|(table, key)| *table == TableName::Customers && key.starts_with(prefix));
    rows.map(|(_, key)| key[prefix.len()..].to_owned()).collect()
}

/// What is stored, without what is noted of the deployment.
fn stored(records: Records) -> Records {
    records.into_iter().filter(|((table, _), _)| *table != TableName::Deployment).collect()
}

#[test]
fn a_thousand_trials_and_sixty_days_bring_what_was_rehearsed_and_rehearsing_changes_nothing_l14_l13() {
    let world = many();
    let organisations = own(&world);
    assert!(organisations.len() > TRIALS, "{}", organisations.len());
    let before = stored(world.memory.everything());
    let asked = Rehearse { customers: Vec::new(), days: DAYS };
    let rehearsal = world.ask(endpoints::REHEARSALS, ANNA, "", &asked).expect("a rehearsal");
    assert!(before == stored(world.memory.everything()), "a rehearsal changes nothing");
    let again = world.ask(endpoints::REHEARSALS, ANNA, "", &asked).expect("a rehearsal");
    assert_eq!(again, rehearsal, "and foretells the same again");

    let entries: BTreeMap<&str, usize> =
        organisations.iter().map(|id| (id.as_str(), journal(&world, id).len())).collect();
    let (mut steps, mut sent) = (BTreeMap::new(), BTreeMap::new());
    for _ in 0..DAYS {
        world.wait_days(1);
        world.play();
    }
    for id in &organisations {
        for entry in &journal(&world, id)[entries[id.as_str()]..] {
            let change = &entry.change;
            let trial = change.trial.clone().unwrap_or_default();
            *steps.entry(named(Day::of(change.at), id, trial.as_str(), change.deed, shown(change))).or_default() += 1;
        }
        for (key, mail) in mails(&world, id) {
            if before.contains_key(&(TableName::Mails, key)) {
                continue;
            }
            assert_eq!(mail.state, MailState::Sent, "{id}: {:?}", mail.order);
            let trial = mail.trial.unwrap_or_default().0;
            *sent.entry((Day::of(mail.at), id.clone(), trial, mail.order.kind, mail.order.group)).or_default() += 1;
        }
    }
    let (foretold_steps, foretold_sent) = foretold(&rehearsal);
    let differ = |one: &BTreeMap<Step, usize>, other: &BTreeMap<Step, usize>| -> Vec<Step> {
        one.iter()
            .filter(|(step, count)| other.get(*step) != Some(count))
            .map(|(step, _)| step.clone())
            .take(5)
            .collect()
    };
    assert_eq!(differ(&foretold_steps, &steps), Vec::new(), "foretold, and not brought");
    assert_eq!(differ(&steps, &foretold_steps), Vec::new(), "brought, and not foretold");
    assert_eq!(foretold_sent, sent, "each mail of its kind, to its people, on its day");

    // Time brought all that it can bring.
    let deeds: BTreeSet<&str> = steps.keys().map(|step| step.3.as_str()).collect();
    let expected =
        [Deed::Noticed, Deed::Closed, Deed::NumbersReleased, Deed::Lapsed, Deed::Reminded, Deed::SetUpLapsed];
    for deed in expected {
        assert!(deeds.contains(format!("{deed:?}").as_str()), "{deed:?} of {deeds:?}");
    }
    let kinds: BTreeSet<MailKind> = sent.keys().map(|(.., kind, _)| *kind).collect();
    for kind in [MailKind::EndsSoon, MailKind::Ended, MailKind::SetUpReminder, MailKind::ReturnOverdue] {
        assert!(kinds.contains(&kind), "{kind:?} of {kinds:?}");
    }
    assert!(steps.len() > TRIALS && sent.len() > TRIALS, "{} steps, {} mails", steps.len(), sent.len());
}
