//! The set-up as it is kept, and people from a file: what the store sees of it (U, H5).

use contract::endpoints;
use contract::error::ApiError;
use contract::set_up::{PeopleTaken, SetUpDetail, SetUpKept, TakePeople};
use contract::trials::{ActDone, TrialAct};
use futures_executor::block_on;
use rules::draft::TrialDraft;
use rules::service::{CallingKind, MeetingsOption, Service};
use rules::set_up::file::{LINES_MAX, LineOutcome, TAKEN_MAX};
use rules::set_up::{LocationDraft, PersonDraft, SetUpDraft};

use super::cast::{
    Asked, STORM, STORM_REQUEST, accepted, act, answer, draft, everything, finish, organisation, storm_runs, trial,
};
use super::every_act::conversion;
use super::{ANNA, INGRID, KIM, RUTH, SANNE, World};
use crate::records::SET_UPS;

fn storm_awaits(world: &World) -> &'static str {
    let both = accepted(&[Service::Messaging, Service::Meetings], true);
    answer(world, SANNE, STORM_REQUEST, both).expect("a preview").done(world);
    STORM_REQUEST
}

fn read(world: &World, person: &str, id: &str) -> SetUpDetail {
    world.ask(endpoints::SET_UP, person, id, &()).expect("a set-up")
}

fn keep(world: &World, person: &str, id: &str, draft: &SetUpDraft) -> SetUpKept {
    let version = read(world, person, id).version;
    Asked::of(world, &endpoints::SET_UP_KEEP, person, id, draft).at(version).answer(world).expect("kept")
}

fn is_kept(world: &World, id: &str) -> bool {
    block_on(SET_UPS.get(world.memory.as_ref(), id)).expect("no fault").is_some()
}

#[test]
fn what_the_other_side_typed_since_the_preview_is_previewed_before_it_is_stored_u3_e6() {
    let world = World::new();
    let started = everything(&world);
    let id = started.trial.as_str();
    let begin = read(&world, ANNA, id).draft;
    let ready = finish(&world, ANNA, id).expect("a preview");
    let location = LocationDraft {
        name: "Depot".to_owned(),
        street: "Kade 1".to_owned(),
        postal_code: "1".to_owned(),
        city: "Delft".to_owned(),
        country: rules::region::CountryCode::new("NL"),
        provider: "Voice".to_owned(),
        numbers: String::new(),
    };
    keep(&world, ANNA, id, &SetUpDraft { locations: vec![location], ..begin });
    assert_eq!(ready.answer::<ActDone>(&world), Err(ApiError::OutOfDate));
    assert_eq!(trial(&world, id).set_up.finished, None);
    finish(&world, ANNA, id).expect("a preview").done(&world);
    assert_eq!(trial(&world, id).set_up.calling.locations.len(), 1);
    // Rows of people are no part of what finishing stores.
    let ready = finish(&world, ANNA, id).expect("a preview");
    let typed = read(&world, ANNA, id).draft;
    keep(&world, ANNA, id, &SetUpDraft { people: vec![PersonDraft::default()], ..typed });
    ready.done(&world);
}

#[test]
fn a_site_that_an_edit_changed_is_not_changed_back_by_what_was_typed_before_u3_e4() {
    let world = World::new();
    world.clock.failing.lock().expect("no panic").insert(Service::Meetings);
    let with_site = |name: &str| TrialDraft {
        meetings_options: [MeetingsOption::Enterprise].into(),
        site_name: name.to_owned(),
        time_zone: Some("Europe/Amsterdam".to_owned()),
        ..draft(&[Service::Meetings])
    };
    let id = world.save(ANNA, "d1", &with_site("first-name")).expect("saved").trial.0;
    let typed = read(&world, ANNA, &id).draft;
    keep(&world, ANNA, &id, &SetUpDraft { call_control: "kept".to_owned(), ..typed });
    let edit = TrialAct::Edit { draft: Box::new(with_site("second-name")), confirmed: false };
    act(&world, ANNA, &id, edit).expect("a preview").done(&world);
    let found = read(&world, ANNA, &id).draft;
    assert_eq!((found.site_name.as_str(), found.call_control.as_str()), ("second-name", "kept"));
    finish(&world, ANNA, &id).expect("a preview").done(&world);
    assert_eq!(trial(&world, &id).site().map(|site| site.name.as_str()), Some("second-name"));
    // What is typed from there counts, and the name that it had before is not given again (N12).
    keep(&world, ANNA, &id, &SetUpDraft { site_name: "first-name".to_owned(), ..found.clone() });
    assert!(matches!(finish(&world, ANNA, &id).map(drop), Err(ApiError::Invalid { .. })));
    keep(&world, ANNA, &id, &SetUpDraft { site_name: "third-name".to_owned(), ..found });
    finish(&world, ANNA, &id).expect("a preview").done(&world);
    assert_eq!(trial(&world, &id).site().map(|site| site.name.as_str()), Some("third-name"));
}

#[test]
fn what_was_typed_for_one_kind_of_calling_is_not_another_kinds_u3_e4() {
    let world = World::new();
    let started = everything(&world);
    let id = started.trial.as_str();
    let typed = read(&world, ANNA, id).draft;
    let depot = LocationDraft { name: "Depot".to_owned(), ..LocationDraft::default() };
    keep(&world, ANNA, id, &SetUpDraft { locations: vec![depot], ..typed });
    assert_eq!(read(&world, ANNA, id).draft.locations.len(), 1);
    let now = TrialDraft::of_trial(&trial(&world, id), Some(organisation(&world, started.customer.as_str()).country));
    let hybrid = TrialDraft { calling: Some(CallingKind::Hybrid), ..now };
    let edit = TrialAct::Edit { draft: Box::new(hybrid), confirmed: true };
    act(&world, ANNA, id, edit).expect("a preview").done(&world);
    assert_eq!(read(&world, ANNA, id).draft.locations, []);
}

#[test]
fn in_grace_the_set_up_is_what_it_became_and_not_what_was_typed_u3_l2() {
    let world = World::new();
    let started = everything(&world);
    let id = started.trial.as_str();
    let typed = read(&world, ANNA, id).draft;
    let depot = LocationDraft { name: "Depot".to_owned(), ..LocationDraft::default() };
    keep(&world, ANNA, id, &SetUpDraft { locations: vec![depot], ..typed.clone() });
    world.wait_days(61);
    world.play();
    assert_eq!(read(&world, ANNA, id).draft, typed);
}

#[test]
fn a_trial_tells_what_is_left_to_set_up_and_its_distributor_nothing_of_it_u3_c2() {
    let world = World::new();
    let id = "customer-065-1";
    let left = |person| world.ask(endpoints::TRIAL, person, id, &()).expect("a trial").set_up;
    assert!(left(INGRID).iter().any(|line| !line.done));
    act(&world, INGRID, id, TrialAct::HandOver).expect("a preview").done(&world);
    assert_eq!(left(ANNA), []);
}

#[test]
fn what_was_typed_goes_with_the_trial_l12_u3() {
    let ends: [fn(&World); 2] = [
        |world| {
            act(world, ANNA, STORM_REQUEST, TrialAct::Cancel).expect("a preview").done(world);
        },
        |world| {
            finish(world, ANNA, STORM_REQUEST).expect("a preview").done(world);
            act(world, ANNA, STORM_REQUEST, TrialAct::Convert(conversion())).expect("a preview").done(world);
        },
    ];
    for end in ends {
        let world = World::new();
        let id = storm_awaits(&world);
        keep(&world, KIM, id, &SetUpDraft { people: vec![PersonDraft::default()], ..SetUpDraft::default() });
        assert!(is_kept(&world, id));
        end(&world);
        assert!(!is_kept(&world, id));
        let late = Asked::of(&world, &endpoints::SET_UP_KEEP, KIM, id, &SetUpDraft::default()).at(0);
        assert!(matches!(late.answer::<SetUpKept>(&world), Err(ApiError::Refused { .. })));
    }
}

#[test]
fn a_set_up_is_no_business_of_the_distributor_or_of_the_trials_team_c2_p6() {
    let world = World::new();
    act(&world, INGRID, "customer-065-1", TrialAct::HandOver).expect("a preview").done(&world);
    assert!(world.ask(endpoints::TRIAL, ANNA, "customer-065-1", &()).is_ok());
    let people = TakePeople::File("a@b.example,A,B".to_owned());
    let set_up = world.ask(endpoints::SET_UP, ANNA, "customer-065-1", &()).map(drop);
    let taken = world.ask(endpoints::SET_UP_PEOPLE, ANNA, "customer-065-1", &people).map(drop);
    assert_eq!((set_up, taken), (Err(ApiError::NotFound), Err(ApiError::NotFound)));
    assert_eq!(finish(&world, ANNA, "customer-065-1").map(drop), Err(ApiError::NotFound));
    let started = everything(&world);
    assert!(world.ask(endpoints::SET_UP, RUTH, started.trial.as_str(), &()).is_err());
}

#[test]
fn a_file_of_ten_thousand_lines_brings_a_thousand_at_a_time_and_nothing_is_lost_u2_h5() {
    let world = World::new();
    storm_runs(&world, true);
    let text: String = (0..LINES_MAX).map(|at| format!("p{at}@rederijstorm.example;Person;{at};meetings\n")).collect();
    let asked = TakePeople::File(text);
    let take = || -> PeopleTaken { world.ask(endpoints::HUB_PEOPLE_FILE, SANNE, "", &asked).expect("taken") };
    let count = |taken: &PeopleTaken, outcome| taken.lines.iter().filter(|line| line.outcome == outcome).count();
    let (first, second) = (take(), take());
    assert_eq!((first.taken, second.taken), (TAKEN_MAX as u32, TAKEN_MAX as u32));
    assert_eq!(count(&first, LineOutcome::Later), LINES_MAX - TAKEN_MAX);
    assert_eq!(count(&second, LineOutcome::AlreadyThere), TAKEN_MAX);
    assert_eq!(count(&second, LineOutcome::Later), LINES_MAX - 2 * TAKEN_MAX);
    assert_eq!(organisation(&world, STORM).people.len(), 4 + 2 * TAKEN_MAX);
    // Whoever was taken can be found by the address, and has a home to sign in to.
    let look_up = contract::trials::LookUp { administrator_email: "p1999@rederijstorm.example".to_owned() };
    let found = world.ask(endpoints::ORGANISATION_LOOK_UPS, ANNA, "", &look_up).expect("an answer");
    assert_ne!(found, contract::trials::LookUpAnswer::New);
    // Elsewhere a body stays small.
    let draft = SetUpDraft { call_control: "x".repeat(70_000), ..SetUpDraft::default() };
    let large = Asked::of(&world, &endpoints::SET_UP_KEEP, ANNA, STORM_REQUEST, &draft).at(0);
    assert_eq!(large.answer::<SetUpKept>(&world), Err(ApiError::TooLarge));
}
