//! Steps, fields and the check of a set-up.

use crate::draft::{Facts, Field, TrialDraft};
use crate::region::{CountryCode, Region};
use crate::samples;
use crate::service::{CallingKind, Service};
use crate::set_up::{
    LocationDraft, LocationField, NumberPlan, PersonDraft, PersonField, SetUpDraft, SetUpField, SetUpStep, check_people,
};
use crate::site::SiteNameFault;
use crate::trial::{Provisioning, SetUpLine, SetUpTask, Trial, set_up_lines};
use crate::verdict::ProblemKind;

fn full() -> Trial {
    samples::trial(samples::full_draft())
}

fn trial(services: &[Service]) -> Trial {
    samples::trial(TrialDraft { services: services.iter().copied().collect(), ..samples::full_draft() })
}

fn hybrid() -> Trial {
    samples::trial(TrialDraft { calling: Some(CallingKind::Hybrid), ..samples::full_draft() })
}

fn provisioned(mut trial: Trial) -> Trial {
    for step in &mut trial.provisioning {
        step.state = Provisioning::Done(samples::now());
    }
    trial
}

fn location(numbers: &str) -> LocationDraft {
    LocationDraft {
        name: "Head office".to_owned(),
        street: "Havenstraat 1".to_owned(),
        postal_code: "1012 AB".to_owned(),
        city: "Amsterdam".to_owned(),
        country: CountryCode::new("NL"),
        provider: "Noordzee Voice".to_owned(),
        numbers: numbers.to_owned(),
    }
}

fn person(email: &str, first: &str, last: &str) -> PersonDraft {
    PersonDraft {
        email: email.to_owned(),
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        services: [Service::Messaging, Service::Devices].into(),
    }
}

/// The problems of a step, as fields and what is wrong with them.
fn problems(draft: &SetUpDraft, step: SetUpStep, trial: &Trial) -> Vec<(String, ProblemKind)> {
    let found = draft.check_step(step, trial, &Facts::default());
    found.into_iter().map(|problem| (problem.field.into(), problem.kind)).collect()
}

#[test]
fn the_steps_are_those_that_apply_to_the_trial_u2() {
    use SetUpStep::{Calling, Finish, MeetingsSite, People, PlanReview};
    for (trial, steps) in [
        (full(), &SetUpStep::ALL[..]),
        (trial(&[Service::Messaging]), &[PlanReview, People, Finish]),
        (trial(&[Service::Meetings]), &[PlanReview, MeetingsSite, People, Finish]),
        (trial(&[Service::Calling]), &[PlanReview, Calling, People, Finish]),
        (trial(&[Service::Devices]), &[PlanReview, Finish]),
    ] {
        assert_eq!(SetUpStep::of(&trial).collect::<Vec<_>>(), steps, "{:?}", trial.offer.services());
    }
}

#[test]
fn a_set_up_begins_with_what_the_trial_says_and_comes_back_as_it_was_finished_u2_u3() {
    let mut trial = full();
    let begin = SetUpDraft::of_trial(&trial);
    assert_eq!((begin.site_name.as_str(), begin.time_zone.as_str()), ("vandijk", "Europe/Amsterdam"));
    assert_eq!(begin.check(&trial, &Facts::default()).expect("nothing is wrong with it").site.as_ref(), trial.site());

    let mut typed = begin.clone();
    // The first location is left for later, the second one is not.
    typed.locations = vec![LocationDraft::default(), location("+31 20 555 1000")];
    let order = typed.check(&trial, &Facts::default()).expect("no problems");
    assert_eq!(order.calling.locations.len(), 2);
    assert!(order.calling.locations[0].is_none());
    trial.set_up.calling = order.calling;
    assert_eq!(SetUpDraft::of_trial(&trial), typed);
}

#[test]
fn what_was_typed_is_kept_whatever_it_is_u3() {
    let mut draft = SetUpDraft { site_name: "-- not a site --".to_owned(), ..SetUpDraft::default() };
    draft.locations = vec![LocationDraft { numbers: "=1+1".to_owned(), ..LocationDraft::default() }];
    draft.people = vec![person("no address", "<b>", "")];
    let text = serde_json::to_string(&draft).expect("it can be written");
    assert_eq!(serde_json::from_str::<SetUpDraft>(&text).expect("and read"), draft);
    assert_eq!(serde_json::from_str::<SetUpDraft>("{}").expect("an older one"), SetUpDraft::default());
}

#[test]
fn the_site_is_judged_as_in_the_wizard_of_a_trial_n12_n13_u2() {
    let trial = full();
    let mut draft = SetUpDraft::of_trial(&trial);
    let step = SetUpStep::MeetingsSite;
    for (name, zone, expected) in [
        ("vandijk-2", "Asia/Tokyo", vec![]),
        ("", "", vec![("site-name", ProblemKind::Required), ("time-zone", ProblemKind::Required)]),
        (
            "www",
            "Europe/Atlantis",
            vec![
                ("site-name", ProblemKind::SiteName(SiteNameFault::Reserved)),
                ("time-zone", ProblemKind::NotATimeZone),
            ],
        ),
    ] {
        draft.site_name = name.to_owned();
        draft.time_zone = zone.to_owned();
        let expected: Vec<_> = expected.into_iter().map(|(field, kind)| (field.to_owned(), kind)).collect();
        assert_eq!(problems(&draft, step, &trial), expected, "{name}");
    }
    draft = SetUpDraft::of_trial(&trial);
    for (zone, elsewhere) in [("Europe/Paris", false), ("Asia/Tokyo", true), ("Europe/Atlantis", false)] {
        let draft = SetUpDraft { time_zone: zone.to_owned(), ..draft.clone() };
        assert_eq!(draft.time_zone_is_elsewhere(Region::Eu), elsewhere, "{zone}");
    }
    let taken = Facts { site_name_taken: true, ..Facts::default() };
    let found = draft.check(&trial, &taken).expect_err("somebody else was given the name");
    assert_eq!((found[0].field, found[0].kind), (Field::SiteName, ProblemKind::SiteNameTaken));
}

#[test]
fn a_site_that_is_provisioned_is_shown_and_not_asked_u2_n12() {
    let trial = provisioned(full());
    let draft = SetUpDraft { site_name: "another".to_owned(), ..SetUpDraft::of_trial(&trial) };
    assert_eq!(draft.fields(SetUpStep::MeetingsSite, &trial), []);
    assert_eq!(draft.check(&trial, &Facts::default()).expect("no problems").site, None);
}

#[test]
fn each_location_is_whole_or_left_for_later_u2() {
    let trial = full();
    let mut draft = SetUpDraft::of_trial(&trial);
    let step = SetUpStep::Calling;
    assert_eq!(problems(&draft, step, &trial), [], "all of it may be left for later");
    draft.locations = vec![location(""), LocationDraft { city: "Delft".to_owned(), ..LocationDraft::default() }];
    let fields: Vec<String> = problems(&draft, step, &trial).into_iter().map(|(field, _)| field).collect();
    let missing = ["name", "street", "postal-code", "country", "provider"];
    assert_eq!(fields, missing.map(|line| format!("location.1.{line}")));
    draft.locations = vec![LocationDraft { country: CountryCode::new("KP"), ..location("") }];
    assert_eq!(problems(&draft, step, &trial), [("location.0.country".to_owned(), ProblemKind::NotOfferedThere)]);
    // Beyond the trial's two locations nothing is asked and nothing is stored.
    draft.locations = vec![location(""), location(""), LocationDraft { name: "x".repeat(101), ..location("") }];
    assert_eq!(problems(&draft, step, &trial), []);
    assert_eq!(draft.check(&trial, &Facts::default()).expect("no problems").calling.locations.len(), 2);
}

#[test]
fn hybrid_call_service_says_which_call_control_and_may_leave_it_for_later_u2() {
    let trial = hybrid();
    let mut draft = SetUpDraft::of_trial(&trial);
    assert_eq!(draft.fields(SetUpStep::Calling, &trial), [Field::SetUp(SetUpField::CallControl)]);
    assert_eq!(draft.number_plan(&trial), None);
    for (typed, fault) in
        [("", None), ("  Own exchange in Delft  ", None), ("a\u{202e}b", Some(ProblemKind::ForbiddenCharacter))]
    {
        draft.call_control = typed.to_owned();
        assert_eq!(problems(&draft, SetUpStep::Calling, &trial).first().map(|(_, kind)| *kind), fault, "{typed}");
    }
    draft.call_control = " Own exchange ".to_owned();
    draft.locations = vec![location("no number")];
    let order = draft.check(&trial, &Facts::default()).expect("locations are of Cloud calling");
    assert_eq!((order.calling.call_control.as_str(), order.calling.locations.len()), ("Own exchange", 0));
}

#[test]
fn the_number_plan_says_what_is_needed_given_and_missing_n8_u2() {
    let trial = full();
    let mut draft = SetUpDraft::of_trial(&trial);
    for (numbers, given) in [
        (["", ""], 0),
        (["+31205551000", ""], 1),
        (["+31 20 555 1000 - +31 20 555 1009", "+31 (20) 555-2000, +31.20.555.2001\n\n"], 12),
        (["+31205551000 – +31205551009", "+31205551005 - +31205551014"], 15),
        (["+31205551000-+31205559999", ""], 9000),
    ] {
        draft.locations = numbers.map(location).to_vec();
        let plan = NumberPlan { needed: 29, given, missing: 29u32.saturating_sub(given) };
        assert_eq!(draft.number_plan(&trial), Some(plan), "{numbers:?}");
    }
    draft.locations = vec![location("+31205551000\n\n+31205551001; 020")];
    let found = problems(&draft, SetUpStep::Calling, &trial);
    assert_eq!(found[0].1, ProblemKind::NumberLine { line: 3 });
    for wrong in [
        "+31205550000-+31205560000",
        "0205551000",
        "+31",
        "+312055510001234567",
        "+31 x",
        "+31205551009-+31205551000",
        "+31205-+312050",
    ] {
        draft.locations = vec![location(wrong)];
        let found = problems(&draft, SetUpStep::Calling, &trial);
        assert_eq!(found, [("location.0.numbers".to_owned(), ProblemKind::NumberLine { line: 1 })], "{wrong}");
        assert_eq!(draft.number_plan(&trial).map(|plan| plan.given), Some(0));
    }
    for (one, other, at) in [
        ("+31205551000, +31 20 555 1000", "", 0),
        ("+31205551000-+31205551009", "+31205551009", 1),
        ("+31205551005", "+31205551000-+31205551009", 1),
    ] {
        draft.locations = vec![location(one), location(other)];
        let found = problems(&draft, SetUpStep::Calling, &trial);
        assert_eq!(found, [(format!("location.{at}.numbers"), ProblemKind::NumberTwice)], "{one} and {other}");
    }
    draft.locations = vec![location(&"+31205551000\n".repeat(2000))];
    assert!(matches!(problems(&draft, SetUpStep::Calling, &trial)[0].1, ProblemKind::TooLong { .. }));
}

#[test]
fn people_typed_by_hand_are_at_most_25_and_each_is_judged_u2() {
    let rows: [(PersonDraft, &[(&str, ProblemKind)]); 8] = [
        (person("noor@example.com", "Noor", "Smit"), &[]),
        (person(" Tom@Example.com ", "Tom", ""), &[]),
        (PersonDraft::default(), &[]),
        (person("NOOR@example.com", "Noor", "Smit"), &[("email", ProblemKind::AddressTwice)]),
        (
            person("no address", "", ""),
            &[
                ("email", ProblemKind::NotAnEmail),
                ("first-name", ProblemKind::Required),
                ("last-name", ProblemKind::Required),
            ],
        ),
        (person("a@example.com", "=1+1", "Smit"), &[("first-name", ProblemKind::Formula)]),
        (person("b@example.com", "a\u{202e}b", "Smit"), &[("first-name", ProblemKind::ForbiddenCharacter)]),
        (person("c@example.com", "Jan", &"x".repeat(97)), &[("last-name", ProblemKind::TooLong { max: 100 })]),
    ];
    let draft = SetUpDraft { people: rows.iter().map(|(person, _)| person.clone()).collect(), ..Default::default() };
    let expected: Vec<(String, ProblemKind)> = rows
        .iter()
        .enumerate()
        .flat_map(|(at, (_, faults))| faults.iter().map(move |(part, kind)| (format!("person.{at}.{part}"), *kind)))
        .collect();
    assert_eq!(problems(&draft, SetUpStep::People, &full()), expected);
    assert!(draft.check(&full(), &Facts::default()).is_err(), "the site is missing");
    let draft = SetUpDraft { people: draft.people, ..SetUpDraft::of_trial(&full()) };
    assert!(draft.check(&full(), &Facts::default()).is_ok(), "rows that are not taken hold up nothing (U1)");

    let many: Vec<PersonDraft> = (0..26).map(|at| person(&format!("p{at}@example.com"), "P", "Q")).collect();
    let taken = check_people(&many[..25]).expect("25 are added by hand");
    assert_eq!(taken.len(), 25);
    let new = taken[24].read.as_ref().expect("a person");
    assert_eq!((taken[24].number, new.email.as_str(), new.name.as_str()), (25, "p24@example.com", "P Q"));
    assert_eq!(new.services, [Service::Messaging].into(), "nobody has a licence of Devices");
    let problems = check_people(&many).expect_err("26 are not");
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].field, Field::SetUp(SetUpField::Person(25, PersonField::Email)));
    assert_eq!(problems[0].kind, ProblemKind::TooManyByHand { max: 25 });
}

#[test]
fn fields_of_a_trials_wizard_are_no_business_of_the_set_up() {
    let draft = SetUpDraft::default();
    assert_eq!(draft.judge(Field::CompanyName, &Facts::default()), None);
    let missing = Field::SetUp(SetUpField::Location(7, LocationField::Name));
    assert_eq!(draft.judge(missing, &Facts::default()), None, "there is no such location");
    assert_eq!(TrialDraft::default().judge(missing, &Facts::default()), None);
}

fn draft_of(organisation: &crate::organisation::Organisation) -> SetUpDraft {
    SetUpDraft::of_trial(&organisation.trials[0])
}

#[test]
fn what_is_done_and_what_comes_next_follows_from_the_trial_u3() {
    let mut organisation = samples::organisation(samples::full_draft());
    let open = |organisation: &crate::organisation::Organisation| -> Vec<SetUpTask> {
        let lines = set_up_lines(organisation, &organisation.trials[0]);
        lines.into_iter().filter(|line| !line.done).map(|line| line.task).collect()
    };
    let site = organisation.trials[0].site().expect("a site").clone();
    let all = [SetUpTask::AcceptTerms, SetUpTask::MeetingsSite(site), SetUpTask::PhoneNumbers(29), SetUpTask::People];
    assert_eq!(open(&organisation), all);
    let mut draft = SetUpDraft::of_trial(&organisation.trials[0]);
    draft.locations = vec![location("+31205551000 - +31205551019"), location("")];
    let order = draft.check(&organisation.trials[0], &Facts::default()).expect("no problems");
    organisation.trials[0].set_up.calling = order.calling;
    organisation.trials[0].set_up.finished = Some(("person-1".into(), samples::now()));
    organisation.people[0].services = [Service::Messaging].into();
    assert_eq!(open(&organisation), [SetUpTask::AcceptTerms, SetUpTask::PhoneNumbers(9)]);

    // What is typed and not finished yet is not asked for again.
    let lines = set_up_lines(&organisation, &organisation.trials[0]);
    let all = SetUpDraft { locations: vec![location("+31205551000 - +31205551028")], ..draft_of(&organisation) };
    let typed = all.lines(&organisation.trials[0], lines);
    assert!(typed.contains(&SetUpLine { task: SetUpTask::PhoneNumbers(0), done: true }), "{typed:?}");

    let hybrid = hybrid();
    let control = |trial: &Trial| {
        let lines = set_up_lines(&organisation, trial);
        lines.into_iter().find(|line| line.task == SetUpTask::OwnCallControl).map(|SetUpLine { done, .. }| done)
    };
    assert_eq!(control(&hybrid), Some(false));
    let mut known = hybrid;
    known.set_up.calling.call_control = "Own exchange".to_owned();
    assert_eq!(control(&known), Some(true));
}
