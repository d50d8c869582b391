use contract::endpoints;
use contract::error::ApiError;
use contract::session::SignIn;
use contract::{BACKEND_HEADER, IDEMPOTENCY_KEY};
use rules::clock::{Day, Instant};
use rules::people::Right;
use rules::samples::shortest_draft;

use super::{ANNA, EVERYBODY, LENA, MEHMET, World};
use crate::consent::Signer;
use crate::seed;
use crate::store::{MemoryStore, TableName};

#[test]
fn personas_are_introduced_in_order_and_sign_in_without_a_password_g6() {
    let world = World::new();
    let session = world.ask(endpoints::SESSION, "visitor", "", &()).expect("a session");
    assert_eq!(session.who, None);
    let personas = session.personas.expect("a demonstration");
    assert_eq!(personas.iter().map(|persona| persona.person.id.as_str()).collect::<Vec<_>>(), EVERYBODY);

    let session = world.ask(endpoints::SIGN_IN, "visitor", "", &SignIn { person: ANNA.into() }).expect("in");
    let who = session.who.expect("signed in");
    assert_eq!((who.person.name.as_str(), who.organisation.as_str()), ("Anna de Vries", "Noordzee Telecom"));
    assert!(
        [Right::SeeCustomers, Right::StartTrial, Right::Assign].into_iter().all(|right| who.may(right).is_allowed())
    );
    assert!(!who.may(Right::SeeHub).is_allowed());
    assert!(world.ask(endpoints::CUSTOMERS, "visitor", "", &()).is_ok());

    let session = world.ask(endpoints::SIGN_OUT, "visitor", "", &()).expect("out");
    assert_eq!(session.who, None);
    assert_eq!(world.ask(endpoints::CUSTOMERS, "visitor", "", &()).map(drop), Err(ApiError::NotSignedIn));
    let nobody = SignIn { person: "nobody".into() };
    assert_eq!(world.ask(endpoints::SIGN_IN, "visitor", "", &nobody).map(drop), Err(ApiError::NotFound));
}

#[test]
fn the_session_carries_the_deployments_settings_g8() {
    let world = World::new();
    let settings = world.ask(endpoints::SESSION, "visitor", "", &()).expect("a session").settings;
    assert_eq!(settings.site_domain, "webex.com");
    assert_eq!(settings.supported_locations_url, "", "one that is not set is empty, and then not shown");
}

#[test]
fn the_data_can_be_made_on_any_day_and_time_of_it_g6() {
    for text in ["2026-03-01T00:00:05Z", "2028-02-29T23:59:59Z", "2027-01-01T08:30:00Z", "2026-12-31T09:00:00Z"] {
        let now: Instant = text.parse().expect("an instant");
        let dice = World::dice();
        let empty = MemoryStore::default();
        let signer = futures_executor::block_on(Signer::of(&empty, &*dice)).expect("a key");
        let commit = seed::commit(now, &super::deployment(), &*dice, &signer);
        assert!(commit.put.len() > 300, "{text}");
        assert!(commit.expect.len() <= 1, "{text}");
        let mut addresses: Vec<&str> =
            commit.put.iter().filter(|put| put.table == TableName::Addresses).map(|put| put.key.as_str()).collect();
        let count = addresses.len();
        addresses.sort_unstable();
        addresses.dedup();
        assert_eq!(addresses.len(), count, "every address is one person's");
    }
}

#[test]
fn a_reset_makes_the_data_anew_and_keeps_who_is_signed_in_g6() {
    let world = World::new();
    let before = world.ask(endpoints::CUSTOMERS, ANNA, "", &()).expect("a list");
    world.save(ANNA, "d1", &shortest_draft()).expect("saved");
    let key = world.key();
    let headers = [(IDEMPOTENCY_KEY, key.as_str())];
    let session = world.ask_with(endpoints::RESET, ANNA, "", &(), &headers).expect("reset");
    assert_eq!(session.who.map(|who| who.person.id.0), Some(ANNA.to_owned()));
    assert_eq!(world.ask(endpoints::CUSTOMERS, ANNA, "", &()), Ok(before));
    assert!(world.preview(ANNA, &shortest_draft()).is_ok(), "its address is free again");

    world.save(ANNA, "d1", &shortest_draft()).expect("and so is the draft's id");
    world.ask_with(endpoints::RESET, ANNA, "", &(), &headers).expect("the same answer");
    assert!(world.preview(ANNA, &shortest_draft()).is_err(), "a repeated request does not reset twice (G2)");
}

#[test]
fn outage_ltd_finds_the_backend_down_for_20_seconds_and_then_is_saved_g6() {
    let world = World::new();
    let mut draft = shortest_draft();
    draft.company_name = " Outage Ltd ".to_owned();
    let save = world.to_save(ANNA, "d1", &draft);
    let key = world.key();
    let headers = [(IDEMPOTENCY_KEY, key.as_str())];
    let send = || world.ask_with(endpoints::TRIALS, ANNA, "", &save, &headers);
    assert_eq!(send(), Err(ApiError::Unavailable));
    world.wait_seconds(19);
    assert_eq!(send(), Err(ApiError::Unavailable));
    let reply = world.send("GET", endpoints::SESSION.path, LENA, "", &[]);
    assert_eq!((reply.status, reply.header(BACKEND_HEADER)), (503, "test"), "nothing is answered, to nobody");
    world.wait_seconds(1);
    assert!(send().is_ok(), "the same save goes through");

    draft.administrator_email = "second@vandijk.example".to_owned();
    let second = world.to_save(MEHMET, "d2", &draft);
    assert_eq!(world.ask(endpoints::TRIALS, MEHMET, "", &second), Err(ApiError::Unavailable), "each draft has its own");
}

#[test]
fn an_outage_outlives_a_stopped_worker_g6() {
    let world = World::new();
    let mut draft = shortest_draft();
    draft.company_name = "Outage Ltd".to_owned();
    let save = world.to_save(ANNA, "d1", &draft);
    assert_eq!(world.beside().ask(endpoints::TRIALS, ANNA, "", &save), Err(ApiError::Unavailable));
    let fresh = World::restarted(&world);
    assert_eq!(fresh.ask(endpoints::SESSION, ANNA, "", &()).map(drop), Err(ApiError::Unavailable));
    world.wait_seconds(20);
    assert!(fresh.ask(endpoints::SESSION, ANNA, "", &()).is_ok());
}

#[test]
fn data_of_an_older_build_are_made_anew_g6() {
    let world = World::new();
    world.save(ANNA, "d1", &shortest_draft()).expect("saved");
    let mut commit = crate::store::Commit::default();
    commit.put(&crate::records::DEPLOYMENT, crate::router::DATA, &(seed::FORMAT - 1));
    futures_executor::block_on(crate::Store::commit(world.memory.as_ref(), commit)).expect("no fault");
    let fresh = World::restarted(&world);
    let session = fresh.ask(endpoints::SESSION, ANNA, "", &()).expect("a session");
    assert_eq!((session.today, session.who), (Day::of(world.now()), None));
}

#[test]
fn data_of_a_newer_build_are_left_alone_by_an_older_worker_g6() {
    let world = World::new();
    let mut commit = crate::store::Commit::default();
    commit.put(&crate::records::DEPLOYMENT, crate::router::DATA, &(seed::FORMAT + 1));
    futures_executor::block_on(crate::Store::commit(world.memory.as_ref(), commit)).expect("no fault");
    let before = world.memory.everything();
    let session = World::restarted(&world).ask(endpoints::SESSION, ANNA, "", &()).expect("a session");
    assert!(session.who.is_some(), "whoever was signed in still is");
    assert_eq!(world.memory.everything(), before);
}
