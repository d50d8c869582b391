use contract::endpoints;
use contract::error::ApiError;
use contract::trials::{LookUp, LookUpAnswer};
use rules::clock::Day;
use rules::draft::Field;
use rules::verdict::{Because, Problem, ProblemKind};

use super::{ANNA, INGRID, MEHMET, World};

fn look_up(world: &World, person: &str, address: &str) -> Result<LookUpAnswer, ApiError> {
    let look_up = LookUp { administrator_email: address.to_owned() };
    world.ask(endpoints::ORGANISATION_LOOK_UPS, person, "", &look_up)
}

#[test]
fn the_address_alone_says_whether_the_organisation_is_new_n2_x1_p4() {
    let world = World::new();
    let rows = [
        (ANNA, "new@nobody.example", LookUpAnswer::New),
        (ANNA, " BEHEER@brouwerijdezon.EXAMPLE ", LookUpAnswer::Managed { customer: "customer-001".into() }),
        (ANNA, "other@brouwerijdezon.example", LookUpAnswer::New),
        (ANNA, "ict@rederijstorm.example", LookUpAnswer::RequestOpen { customer: "customer-025".into() }),
        (ANNA, "tom.bos@rederijstorm.example", LookUpAnswer::RequestOpen { customer: "customer-025".into() }),
        (MEHMET, "beheer@brouwerijdezon.example", LookUpAnswer::NotYours { in_charge: Some("Anna de Vries".into()) }),
        (ANNA, "mehmet.bakker@noordzee-telecom.example", LookUpAnswer::OwnOrganisation),
        (ANNA, "ingrid.solberg@fjord-communications.example", LookUpAnswer::NotACustomer),
        (INGRID, "ingrid.solberg@fjord-communications.example", LookUpAnswer::OwnOrganisation),
    ];
    for (person, address, answer) in rows {
        assert_eq!(look_up(&world, person, address), Ok(answer), "{address} by {person}");
    }
}

#[test]
fn of_an_existing_organisation_only_what_x1_names_is_told_x1_x4_p8() {
    let world = World::new();
    let answer = look_up(&world, ANNA, "ikt@tromsofiskeri.example").expect("an answer");
    let LookUpAnswer::Existing(found) = &answer else { panic!("{answer:?}") };
    assert_eq!((found.name.as_str(), found.country.as_str()), ("Tromsø Fiskeri", "NO"));
    assert_eq!(found.administrator.as_deref(), Some("i•••@tromsofiskeri.example"));
    assert!(found.may_ask.is_allowed());
    let blocked = found.services.iter().filter_map(|line| Some((line.service, line.verdict.require().err()?)));
    for (service, refusal) in blocked {
        assert_eq!(refusal.because, Because::InTrialWithAnotherPartner, "{service:?}");
        assert_eq!(refusal.from, Some(Day::of(world.now()).plus(23 + 30)), "the day on which it will be over");
    }
    let body = serde_json::to_string(&answer).expect("JSON");
    for secret in ["Fjord", "fjord-communications", "Ingrid", "ikt@"] {
        assert!(!body.contains(secret), "{secret} in {body}");
    }
}

#[test]
fn what_is_no_address_is_a_problem_of_the_field_and_counts_as_none_n2() {
    let world = World::new();
    for (address, kind) in [
        ("", ProblemKind::Required),
        ("a b@c.example", ProblemKind::NotAnEmail),
        ("a@@c.example", ProblemKind::NotAnEmail),
    ] {
        let problems = vec![Problem { field: Field::AdministratorEmail, kind }];
        assert_eq!(look_up(&world, ANNA, address), Err(ApiError::Invalid { problems }), "{address:?}");
    }
    for number in 0..20 {
        assert!(look_up(&world, ANNA, &format!("it@n{number}.example")).is_ok(), "{number}");
    }
}

#[test]
fn the_21st_look_up_within_an_hour_is_refused_with_the_time_to_wait_x1() {
    let world = World::new();
    for number in 0..20 {
        assert!(look_up(&world, ANNA, &format!("it@n{number}.example")).is_ok(), "{number}");
        world.wait_seconds(60);
    }
    let wait = Err(ApiError::TooMany { wait_seconds: 3600 - 20 * 60 + 1 });
    assert_eq!(look_up(&world, ANNA, "it@n20.example"), wait);
    assert!(look_up(&world, ANNA, "IT@n3.example").is_ok(), "one repeated within the hour does not count");
    assert!(look_up(&world, MEHMET, "it@n20.example").is_ok(), "the limit is each person's own");
    world.wait_seconds(3600 - 20 * 60 + 1);
    assert!(look_up(&world, ANNA, "it@n20.example").is_ok(), "who waited as told is let through");
    assert!(look_up(&world, ANNA, "it@n21.example").is_err(), "and only one look-up has become free");
}

#[test]
fn a_preview_tells_as_much_as_a_look_up_and_counts_as_one_x1() {
    let world = World::new();
    let mut draft = rules::samples::shortest_draft();
    for number in 0..20 {
        draft.administrator_email = format!("it@n{number}.example");
        assert!(world.preview(ANNA, &draft).is_ok(), "{number}");
    }
    assert!(look_up(&world, ANNA, "it@n7.example").is_ok(), "one that was counted is free within the hour");
    draft.administrator_email = "it@n20.example".to_owned();
    assert!(matches!(world.preview(ANNA, &draft), Err(ApiError::TooMany { .. })));
}

#[test]
fn a_site_name_is_free_when_well_formed_not_reserved_and_never_given_out_n12() {
    let world = World::new();
    for (name, free) in [
        ("acme", true),
        ("ACME", true),
        ("gemeente-lage-dijk", false),
        ("Rvk-Geo", false),
        ("www", false),
        ("-acme", false),
        ("a b", false),
        ("é", false),
    ] {
        let answer = world.ask(endpoints::SITE_NAME, ANNA, name, &()).expect("an answer");
        assert_eq!(answer.free, free, "{name}");
    }
}
