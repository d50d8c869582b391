use contract::endpoints::{self, Method};
use contract::error::ApiError;
use contract::{IF_NONE_MATCH, PERSON_HEADER};
use rules::people::Right;
use rules::verdict::Because;

use super::{ANNA, EVERYBODY, INGRID, JOOST, KIM, LENA, MEHMET, OSKAR, PIET, RUTH, SANNE, TOM, World, name};
use crate::access::Access;
use crate::router::routes;

/// Who of the personas may do what the law asks a right for.
const RIGHTS: [(Right, &[&str]); 10] = [
    (Right::SeeCustomers, &[ANNA, MEHMET, LENA, PIET, INGRID]),
    (Right::StartTrial, &[ANNA, MEHMET, INGRID]),
    (Right::ManageTrials, &[ANNA, MEHMET, INGRID]),
    (Right::Download, &[ANNA, MEHMET, LENA, INGRID]),
    (Right::Assign, &[ANNA, INGRID]),
    (Right::ShareViews, &[ANNA, INGRID]),
    (Right::SeeHub, &[SANNE, JOOST, KIM]),
    (Right::SeeRequests, &[SANNE, JOOST, KIM, TOM]),
    (Right::DecideForCustomer, &[SANNE, JOOST]),
    (Right::DecideShipments, &[RUTH]),
];

/// A request to every route, as it would be sent by its form.
fn sent(world: &World, method: Method, path: &str, person: &str) -> Option<ApiError> {
    let path = path.replace("{id}", "some-id").replace("{name}", "some-name");
    let headers = [(IF_NONE_MATCH, if method == Method::Put { "*" } else { "" })];
    let reply = world.send(name(method), &path, person, "{}", &headers);
    ApiError::from_json(&reply.body).filter(|_| reply.status != 200)
}

#[test]
fn every_route_lets_in_exactly_those_who_have_its_right_p1_p2_p3() {
    let world = World::new();
    for route in routes(true) {
        if route.path == endpoints::RESET.path {
            continue;
        }
        for person in EVERYBODY {
            let error = sent(&world, route.method, route.path, person);
            // What the route itself refuses comes after; the rights are told by their own reasons.
            let refused = match &error {
                Some(ApiError::Refused { refusal, .. }) => matches!(
                    refusal.because,
                    Because::PartnerNotCertified
                        | Because::RoleCannotStart
                        | Because::RoleChangesNothing
                        | Because::RoleCannotDownload
                        | Because::OnlySalesFullAdministrators
                        | Because::OnlyForPartners
                        | Because::OnlyForCustomerAdministrators
                        | Because::OnlyForFullAdministrators
                        | Because::OnlyForTrialsTeam
                ),
                Some(ApiError::NotSignedIn) => true,
                _ => false,
            };
            let allowed = route.access == Access::Open
                || route
                    .access
                    .rights()
                    .iter()
                    .any(|right| RIGHTS.iter().any(|(each, may)| each == right && may.contains(&person)));
            assert_eq!(refused, !allowed, "{} {} by {person}: {error:?}", name(route.method), route.path);
            // Signing in or out changed who the visit is.
            world
                .ask(endpoints::SIGN_IN, person, "", &contract::session::SignIn { person: person.into() })
                .expect("in");
        }
        let error = sent(&world, route.method, route.path, "nobody");
        assert_eq!(error == Some(ApiError::NotSignedIn), route.access != Access::Open, "{} by nobody", route.path);
    }
}

#[test]
fn the_refusal_is_the_one_that_the_disabled_control_shows_p7() {
    let world = World::new();
    for person in [LENA, PIET, OSKAR] {
        let session = world.ask(endpoints::SESSION, person, "", &()).expect("a session");
        let shown = session.who.expect("signed in").may(Right::StartTrial).require().expect_err("refused");
        for error in [
            world.ask(endpoints::DRAFTS, person, "", &()).map(drop),
            world.preview(person, &rules::samples::shortest_draft()).map(drop),
            world.ask(endpoints::SITE_NAME, person, "acme", &()).map(drop),
        ] {
            assert_eq!(error, Err(ApiError::from(shown)), "{person}");
        }
    }
}

#[test]
fn people_of_an_uncertified_partner_see_nothing_of_their_customers_p1() {
    let world = World::new();
    let answers = [
        world.ask(endpoints::CUSTOMERS, OSKAR, "", &()).map(drop),
        world.ask(endpoints::CUSTOMERS_TOTALS, OSKAR, "", &()).map(drop),
        world.ask(endpoints::CUSTOMER, OSKAR, "customer-001", &()).map(drop),
    ];
    for answer in answers {
        let Err(ApiError::Refused { refusal, .. }) = answer else { panic!("{answer:?}") };
        assert_eq!(refusal.rule, rules::verdict::RuleId::P1);
    }
}

#[test]
fn reading_changes_nothing_whoever_reads_g2() {
    let world = World::new();
    let before = world.memory.everything();
    for route in routes(true).into_iter().filter(|route| route.method == Method::Get) {
        for person in EVERYBODY.into_iter().chain(["nobody"]) {
            for method in ["GET", "HEAD"] {
                let path = route.path.replace("{id}", "customer-001").replace("{name}", "some-name");
                let reply = world.send(method, &path, person, "", &[]);
                assert!(reply.status < 500, "{method} {path} by {person}: {}", reply.status);
            }
        }
    }
    assert_eq!(world.memory.everything(), before);
}

#[test]
fn a_server_offers_neither_personas_nor_a_reset_nor_a_mailbox_g6() {
    let paths: Vec<&str> = routes(false).iter().map(|route| route.path).collect();
    assert!(!paths.contains(&endpoints::SIGN_IN.path));
    assert!(!paths.contains(&endpoints::RESET.path));
    assert!(!paths.iter().any(|path| path.starts_with(endpoints::MAILBOX.path)), "mails are their recipients' alone");
}

#[test]
fn a_tab_that_shows_another_person_than_is_signed_in_does_and_sees_nothing_p7_n18() {
    let world = World::new();
    let draft = rules::samples::shortest_draft();
    let before = world.memory.everything();
    // Anna's tab, after another window of the browser signed Ingrid in.
    let shown = [(IF_NONE_MATCH, "*"), (PERSON_HEADER, ANNA)];
    for error in [
        world.ask_with(endpoints::DRAFT_KEEP, INGRID, "d1", &draft, &shown).map(drop),
        world.ask_with(endpoints::CUSTOMERS, INGRID, "", &(), &shown).map(drop),
        world.ask_with(endpoints::SIGN_OUT, INGRID, "", &(), &shown).map(drop),
    ] {
        assert_eq!(error, Err(ApiError::NotSignedIn));
    }
    assert_eq!(world.memory.everything(), before);

    // The first attempt of a sign-out went through and its answer was lost.
    assert!(world.ask_with(endpoints::SIGN_OUT, "nobody", "", &(), &shown).is_ok());
    assert!(world.ask_with(endpoints::DRAFT_KEEP, ANNA, "d1", &draft, &shown).is_ok());
    let (other, path) = ([(PERSON_HEADER, "")], endpoints::CUSTOMERS.path);
    assert_eq!(world.send("GET", path, INGRID, "", &other).status, 200, "without the header nothing is compared");
}
