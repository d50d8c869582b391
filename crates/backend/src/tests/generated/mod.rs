//! 200 generated trials: whatever their duration, start, state and day, the list, the customer's
//! page, the hub, the mails and the downloads name the same days and count the same ones left,
//! which are those that the test reckons by a calendar of its own (L1).

mod fate;
mod read;
mod reckoned;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use contract::endpoints;
use contract::trials::{LookUp, LookUpAnswer, Started, Target, TrialAct};
use futures_executor::block_on;
use rules::consent::{Answered, DeclineReason};
use rules::draft::TrialDraft;
use rules::notice::MailKind;
use rules::region::CountryCode;
use rules::service::Service;
use rules::trial::Status;

use self::fate::{Fate, Step};
use self::reckoned::{Stands, after};
use super::cast::{accepted, act, answer, draft, finish, organisation, to_save};
use super::dice::Dice;
use super::faults::around;
use super::{ANNA, INGRID, World};
use crate::records::{SESSIONS, SignedIn};
use crate::store::{Commit, Store};

const TRIALS: usize = 200;

/// A generated trial and what was done with it.
#[derive(Clone, Debug)]
struct Lived {
    fate: Fate,
    /// Who started it or asked for it.
    person: &'static str,
    organisation: String,
    trial: String,
    /// A full administrator of the organisation, who is signed in under their id.
    administrator: String,
    /// Whether phone numbers are given out with it.
    numbers: bool,
    begun: NaiveDate,
    stands: Stands,
    /// Its ends, each with the day on which it came to be.
    ends: Vec<(NaiveDate, NaiveDate)>,
    /// The days on which anything was done with it.
    done_on: Vec<NaiveDate>,
    mails_read: BTreeSet<String>,
}

/// The company of a generated trial. No word of it is a number, which a page may be asked for.
fn company(number: usize) -> String {
    let letter = |place: usize| char::from(b'a' + u8::try_from(place % 26).expect("a letter"));
    format!("Generated {}{}", letter(number / 26), letter(number))
}

fn email(number: usize) -> String {
    format!("it@generated{number}.example")
}

fn drafted(fate: &Fate, services: &[Service]) -> TrialDraft {
    let mut draft = draft(services);
    draft.company_name = company(fate.number);
    draft.administrator_email = email(fate.number);
    draft.choose_country(CountryCode::new(if fate.dutch { "NL" } else { "DE" }));
    draft.attest(Some(rules::people::Language::En));
    draft.duration = fate.duration;
    draft
}

/// The order that a trial becomes, with all of its services.
fn order(fate: &Fate, number: &str, services: &[Service]) -> TrialAct {
    let order = rules::act::Conversion {
        order_number: format!("{number}-{}", fate.number),
        administrator_email: email(fate.number),
        services: services.iter().copied().collect(),
        ..super::every_act::conversion()
    };
    TrialAct::Convert(order)
}

impl Lived {
    fn company(&self) -> String {
        company(self.fate.number)
    }

    /// The address of a list that shows nothing else, whatever has left the list by default.
    fn only(&self) -> String {
        format!("q={}&status={}", self.organisation, Status::ALL.map(Status::name).join(","))
    }

    /// Starts it for a new organisation, or asks one that owns Messaging already.
    fn begin(world: &World, fate: Fate, today: NaiveDate) -> Lived {
        let id = format!("generated-{}", fate.number);
        let first = if fate.asked { vec![Service::Messaging] } else { fate.services.clone() };
        let started = world.save(ANNA, &id, &drafted(&fate, &first)).expect("saved");
        let (customer, mut trial) = (started.customer.to_string(), started.trial.to_string());
        let mut person = ANNA;
        if fate.asked {
            act(world, ANNA, &trial, order(&fate, "OWNED", &first)).expect("a preview").done(world);
            person = INGRID;
            let draft = TrialDraft { company_name: company(fate.number), ..drafted(&fate, &fate.services) };
            trial = ask(world, &format!("{id}-asked"), &draft);
        }
        let administrator = organisation(world, &customer).people[0].id.clone();
        let mut commit = Commit::default();
        commit.put(&SESSIONS, administrator.as_str(), &SignedIn { person: administrator.clone() });
        block_on(world.memory.commit(commit)).expect("no fault");
        let mut lived = Lived {
            person,
            organisation: customer,
            trial,
            administrator: administrator.to_string(),
            numbers: fate.services.contains(&Service::Calling),
            begun: today,
            stands: Stands::Asked { on: today },
            ends: Vec::new(),
            done_on: Vec::new(),
            mails_read: BTreeSet::new(),
            fate,
        };
        if !lived.fate.asked {
            lived.starts(today);
        }
        lived
    }

    fn starts(&mut self, today: NaiveDate) {
        let end = after(today, i64::from(self.fate.duration.days()));
        self.stands = Stands::Runs { start: today, end };
        self.ends.push((today, end));
    }

    /// Does what happens to it on a day, as its people and the partner's would.
    fn step(&mut self, world: &World, step: Step, today: NaiveDate) {
        let does = |what| act(world, self.person, &self.trial, what).expect("a preview").done(world);
        let answers = |what| answer(world, &self.administrator, &self.trial, what).expect("a preview").done(world);
        match step {
            Step::Begin => {}
            Step::Look => return self.read(world),
            Step::Accept => {
                answers(accepted(&self.fate.services, false));
                self.stands = Stands::Accepted { on: today };
            }
            Step::Decline => {
                answers(Answered::Declined { reason: DeclineReason::NotNeeded, note: String::new() });
                self.stands = Stands::Declined { on: today };
            }
            Step::SetUp => {
                finish(world, self.person, &self.trial).expect("a preview").done(world);
                self.starts(today);
            }
            Step::Extend(days) => {
                does(TrialAct::Extend { days, confirmed: true });
                let Stands::Runs { start, .. } = self.stands else { panic!("it does not run: {self:?}") };
                let end = after(today, i64::from(days.days()));
                self.stands = Stands::Runs { start, end };
                self.ends.push((today, end));
            }
            Step::Cancel => {
                does(TrialAct::Cancel);
                self.stands = Stands::Cancelled { on: today };
            }
            Step::Convert => {
                does(order(&self.fate, "PO", &self.fate.services));
                self.stands = Stands::Converted { on: today };
            }
        }
        self.done_on.push(today);
    }
}

/// Ingrid asks the organisation of a draft's address. The id of the request.
fn ask(world: &World, id: &str, draft: &TrialDraft) -> String {
    let look_up = LookUp { administrator_email: draft.administrator_email.clone() };
    let found = world.ask(endpoints::ORGANISATION_LOOK_UPS, INGRID, "", &look_up).expect("an answer");
    let LookUpAnswer::Existing(found) = found else { panic!("{found:?}") };
    let target = Target::Ask { organisation: found.organisation, full_access: true, words: "Graag".to_owned() };
    let sent = to_save(world, INGRID, id, draft, &target).expect("a preview").done(world);
    serde_json::from_str::<Started>(&sent).expect("an answer").trial.to_string()
}

#[test]
fn two_hundred_generated_trials_have_one_number_of_days_left_and_one_of_every_date_everywhere_l1_q1_q5_h1_l4_l5_n15() {
    // The customers of the demonstration would only make it slow.
    let world = World::new();
    let world = world.forked(around(&world.memory.everything(), &[]), |memory| memory);
    let mut dice = Dice(20_260_301);
    let mut calendar: BTreeMap<i64, Vec<(usize, Step)>> = BTreeMap::new();
    let fates: Vec<Fate> = (0..TRIALS).map(|number| Fate::draw(&mut dice, number)).collect();
    for fate in &fates {
        for (day, step) in &fate.steps {
            calendar.entry(*day).or_default().push((fate.number, *step));
        }
    }
    let first = world.now().date_naive();
    let mut lived: BTreeMap<usize, Lived> = BTreeMap::new();
    let (mut looks, mut seen, mut mails) = (0, BTreeMap::<Status, usize>::new(), BTreeMap::<MailKind, usize>::new());
    for (day, steps) in calendar {
        let today = after(first, day);
        world.wait_days((today - world.now().date_naive()).num_days());
        world.play();
        for (number, step) in steps.iter().filter(|(_, step)| *step != Step::Look) {
            if *step == Step::Begin {
                lived.insert(*number, Lived::begin(&world, fates[*number].clone(), today));
            }
            lived.get_mut(number).expect("it has begun").step(&world, *step, today);
        }
        // What was cancelled can be undone for 5 minutes, and its mails wait for as long (K2).
        world.wait_seconds(6 * 60);
        world.play();
        for (number, step) in steps.iter().filter(|(_, step)| *step == Step::Look) {
            let each = lived.get_mut(number).expect("it has begun");
            each.step(&world, *step, today);
            looks += 1;
            *seen.entry(each.stands.on(today, each.numbers).status).or_default() += 1;
            for kind in each.read_mails(&world) {
                *mails.entry(kind).or_default() += 1;
            }
        }
        world.wait_seconds(-6 * 60);
    }
    for each in lived.values_mut() {
        for kind in each.read_mails(&world) {
            *mails.entry(kind).or_default() += 1;
        }
    }
    // It was looked at in every state, and mails of every kind that time and these acts bring.
    let missing: Vec<_> = [
        Status::Expired,
        Status::ExpiringSoon,
        Status::TrialPending,
        Status::AwaitingProvisioningDetails,
        Status::Active,
        Status::Converted,
        Status::Closed,
        Status::Cancelled,
        Status::Declined,
        Status::Lapsed,
    ]
    .into_iter()
    .filter(|status| seen.get(status).copied().unwrap_or_default() < 5)
    .collect();
    assert!(missing.is_empty(), "{missing:?} of {seen:?}");
    assert!(looks > 2 * TRIALS, "{looks}");
    let kinds = [
        MailKind::EndsSoon,
        MailKind::Ended,
        MailKind::Welcome,
        MailKind::Started,
        MailKind::Consent,
        MailKind::EndMoved,
    ];
    assert!(kinds.iter().all(|kind| mails.get(kind).is_some_and(|count| *count > 5)), "{mails:?}");
}
