use contract::drafts::KeptDraft;
use contract::endpoints;
use contract::error::ApiError;
use contract::{IDEMPOTENCY_KEY, IF_MATCH, IF_NONE_MATCH, etag};
use rules::draft::TrialDraft;
use rules::samples::shortest_draft;

use super::{ANNA, INGRID, MEHMET, World};

fn keep(world: &World, person: &str, id: &str, draft: &TrialDraft, from: Option<u64>) -> Result<KeptDraft, ApiError> {
    let version = from.map(etag).unwrap_or_default();
    let headers = match from {
        Some(_) => [(IF_MATCH, version.as_str())],
        None => [(IF_NONE_MATCH, "*")],
    };
    world.ask_with(endpoints::DRAFT_KEEP, person, id, draft, &headers)
}

fn own(world: &World, person: &str) -> Vec<String> {
    let drafts = world.ask(endpoints::DRAFTS, person, "", &()).expect("a list").drafts;
    drafts.into_iter().map(|line| line.id.0).collect()
}

#[test]
fn a_draft_comes_back_as_it_was_typed_also_nonsense_n18() {
    let world = World::new();
    let mut draft = shortest_draft();
    draft.company_name = " <b>Zoë</b> 🦊 \u{202e} ".to_owned();
    draft.licences = "1.5".to_owned();
    let kept = keep(&world, ANNA, "d1", &draft, None).expect("kept");
    assert_eq!((kept.version, &kept.draft), (1, &draft));
    let again = world.ask(endpoints::DRAFT, ANNA, "d1", &()).expect("there");
    assert_eq!(again, kept);
    let reply = world.send("GET", &endpoints::DRAFT.with("d1"), ANNA, "", &[]);
    assert_eq!(reply.header("etag"), "\"1\"");
}

#[test]
fn a_write_from_an_older_version_is_stale_and_one_without_any_is_not_taken_g2() {
    let world = World::new();
    let draft = shortest_draft();
    assert_eq!(keep(&world, ANNA, "d1", &draft, Some(1)), Err(ApiError::Stale { version: 0 }), "there is none yet");
    assert_eq!(keep(&world, ANNA, "d1", &draft, None).map(|kept| kept.version), Ok(1));
    assert_eq!(keep(&world, ANNA, "d1", &draft, None), Err(ApiError::Stale { version: 1 }), "it is not new");
    assert_eq!(keep(&world, ANNA, "d1", &draft, Some(1)).map(|kept| kept.version), Ok(2));
    assert_eq!(keep(&world, ANNA, "d1", &draft, Some(1)), Err(ApiError::Stale { version: 2 }), "another tab was first");
    let without: Result<KeptDraft, _> = world.ask(endpoints::DRAFT_KEEP, ANNA, "d1", &draft);
    assert_eq!(without, Err(ApiError::VersionMissing));
    let nonsense = world.ask_with(endpoints::DRAFT_KEEP, ANNA, "d1", &draft, &[(IF_MATCH, "two")]);
    assert_eq!(nonsense, Err(ApiError::Malformed));
}

#[test]
fn a_lost_answer_is_given_again_although_the_version_is_stale_by_then_g2() {
    let world = World::new();
    let key = world.key();
    let headers = [(IDEMPOTENCY_KEY, key.as_str()), (IF_NONE_MATCH, "*")];
    let draft = shortest_draft();
    let first = world.ask_with(endpoints::DRAFT_KEEP, ANNA, "d1", &draft, &headers).expect("kept");
    world.wait_seconds(5);
    assert_eq!(world.ask_with(endpoints::DRAFT_KEEP, ANNA, "d1", &draft, &headers), Ok(first));
    let path = endpoints::DRAFT_KEEP.with("d1");
    let body = serde_json::to_string(&draft).expect("a body");
    assert_eq!(world.send("PUT", &path, ANNA, body, &headers).header("etag"), "\"1\"");
    let other = TrialDraft { company_name: "Other".to_owned(), ..draft };
    assert_eq!(world.ask_with(endpoints::DRAFT_KEEP, ANNA, "d1", &other, &headers), Err(ApiError::KeyReused));
}

#[test]
fn drafts_are_offered_to_their_author_alone_n18() {
    let world = World::new();
    keep(&world, ANNA, "d1", &shortest_draft(), None).expect("kept");
    for person in [MEHMET, INGRID] {
        assert!(own(&world, person).is_empty(), "{person}");
        assert_eq!(world.ask(endpoints::DRAFT, person, "d1", &()), Err(ApiError::NotFound), "{person}");
        assert!(world.ask(endpoints::DRAFT_DISCARD, person, "d1", &()).is_ok());
    }
    assert_eq!(keep(&world, MEHMET, "d1", &TrialDraft::default(), None).map(|kept| kept.version), Ok(1));
    let annas = world.ask(endpoints::DRAFT, ANNA, "d1", &()).expect("still there");
    assert_eq!(annas.draft, shortest_draft());
}

#[test]
fn a_draft_is_kept_for_30_days_after_its_last_change_n18() {
    let world = World::new();
    keep(&world, ANNA, "d1", &shortest_draft(), None).expect("kept");
    let line = world.ask(endpoints::DRAFTS, ANNA, "", &()).expect("a list").drafts.remove(0);
    assert_eq!(line.kept_until, rules::clock::Day::of(world.now()).plus(30));
    world.wait_days(30);
    assert_eq!(own(&world, ANNA), ["d1"]);
    world.wait_days(1);
    assert!(own(&world, ANNA).is_empty());
    assert_eq!(world.ask(endpoints::DRAFT, ANNA, "d1", &()), Err(ApiError::NotFound));
    keep(&world, ANNA, "d2", &shortest_draft(), None).expect("kept");
    let kept = world.memory.everything().into_keys().filter(|(table, _)| *table == crate::store::TableName::Drafts);
    assert_eq!(kept.map(|(_, key)| key).collect::<Vec<_>>(), [format!("{ANNA}/d2")], "the first act of a day forgets");
}

#[test]
fn the_draft_changed_last_comes_first_and_a_discarded_one_is_gone_n18() {
    let world = World::new();
    for id in ["d1", "d2", "d3"] {
        keep(&world, ANNA, id, &shortest_draft(), None).expect("kept");
        world.wait_seconds(1);
    }
    keep(&world, ANNA, "d1", &shortest_draft(), Some(1)).expect("kept");
    assert_eq!(own(&world, ANNA), ["d1", "d3", "d2"]);
    let left = world.ask(endpoints::DRAFT_DISCARD, ANNA, "d3", &()).expect("discarded");
    assert_eq!(left.drafts.iter().map(|line| line.id.as_str()).collect::<Vec<_>>(), ["d1", "d2"]);
    assert!(world.ask(endpoints::DRAFT_DISCARD, ANNA, "d3", &()).is_ok(), "one that is gone already is no error");
    let stale = world.ask_with(endpoints::DRAFT_DISCARD, ANNA, "d1", &(), &[(IF_MATCH, "\"1\"")]);
    assert_eq!(stale, Err(ApiError::Stale { version: 2 }));
}

#[test]
fn an_id_that_could_reach_into_another_key_names_nothing() {
    let world = World::new();
    for id in ["a/b", "..", "", &"x".repeat(65)] {
        let path = endpoints::DRAFT_KEEP.with(id);
        let reply = world.send("PUT", &path, ANNA, "{}", &[(IF_NONE_MATCH, "*")]);
        assert!(matches!(reply.status, 404 | 405), "{id:?}: {}", reply.status);
    }
}
