use contract::endpoints;
use contract::error::ApiError;
use rules::clock::Day;
use rules::draft::Field;
use rules::samples::{full_draft, shortest_draft};
use rules::verdict::{Problem, ProblemKind};

use super::{ANNA, INGRID, World};
use crate::store::TableName;

#[test]
fn the_preview_is_what_the_rules_plan_for_today_n15() {
    let world = World::new();
    for draft in [shortest_draft(), full_draft()] {
        let preview = world.preview(ANNA, &draft).expect("a preview");
        assert_eq!(preview.plan, rules::samples::plan(draft, Day::of(world.now())));
    }
}

#[test]
fn a_preview_stores_nothing_but_that_an_address_was_asked_n15_x1() {
    let world = World::new();
    let before = world.memory.everything();
    world.preview(ANNA, &full_draft()).expect("a preview");
    let mut after = world.memory.everything();
    after.retain(|(table, _), _| *table != TableName::LookUps && *table != TableName::Deployment);
    assert!(after.iter().all(|(key, record)| before.get(key) == Some(record)));
}

#[test]
fn the_backends_facts_are_problems_under_the_same_fields_n2_n12_p4() {
    let world = World::new();
    let problem = |field, kind| ApiError::Invalid { problems: vec![Problem { field, kind }] };
    let with_email = |email: &str| {
        let mut draft = full_draft();
        draft.administrator_email = email.to_owned();
        draft
    };
    let mut taken = full_draft();
    taken.site_name = "Gemeente-Lage-Dijk".to_owned();
    let rows = [
        (with_email("beheer@brouwerijdezon.example"), Field::AdministratorEmail, ProblemKind::OrganisationExists),
        (with_email("Piet.Janssen@noordzee-telecom.example"), Field::AdministratorEmail, ProblemKind::OwnOrganisation),
        (taken, Field::SiteName, ProblemKind::SiteNameTaken),
    ];
    for (draft, field, kind) in rows {
        assert_eq!(world.preview(ANNA, &draft), Err(problem(field, kind)));
    }
    let annas = with_email("anna.de.vries@noordzee-telecom.example");
    let other_partner = problem(Field::AdministratorEmail, ProblemKind::OrganisationExists);
    assert_eq!(world.preview(INGRID, &annas), Err(other_partner));
}

#[test]
fn the_backend_finds_the_same_problems_as_the_form_n7() {
    let world = World::new();
    let mut draft = full_draft();
    draft.company_name = " ".to_owned();
    draft.licences = "1e9".to_owned();
    draft.device_licences.board = "6".to_owned();
    draft.country = rules::region::CountryCode::new("KP");
    let expected = draft.check(&rules::draft::Facts::default()).expect_err("problems");
    assert!(expected.len() >= 4);
    assert_eq!(world.preview(ANNA, &draft), Err(ApiError::Invalid { problems: expected }));
}

#[test]
fn what_is_unknown_in_a_request_is_refused_and_not_skipped() {
    let world = World::new();
    let reply = world.send("POST", endpoints::TRIALS_PREVIEW.path, ANNA, r#"{"draft":{},"nonsense":1}"#, &[]);
    assert_eq!(ApiError::from_json(&reply.body), Some(ApiError::Malformed));
}
