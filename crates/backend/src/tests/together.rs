//! Two at once, and stores that fail.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Barrier, Mutex};

use async_trait::async_trait;
use contract::endpoints;
use contract::error::ApiError;
use contract::trials::Started;
use contract::{IDEMPOTENCY_KEY, IF_NONE_MATCH};
use rules::draft::Field;
use rules::samples::{full_draft, shortest_draft};
use rules::verdict::{Problem, ProblemKind, RuleId};

use super::{ANNA, INGRID, MEHMET, World};
use crate::store::{Commit, Fault, MemoryStore, Outcome, Record, Store, TableName};

/// What happens right before something else.
type Before = Box<dyn FnOnce() -> Option<Fault> + Send>;

/// A memory store in which something happens between deciding and storing, or
/// between looking for a receipt and gathering facts.
struct Interrupted {
    memory: Arc<MemoryStore>,
    /// Before a commit that makes an organisation.
    before: Mutex<Option<Before>>,
    /// Before it is asked whether a draft was saved, which is an act's first question.
    before_facts: Mutex<Option<Before>>,
    /// Before it is asked whose an address is.
    before_address: Mutex<Option<Before>>,
}

impl Interrupted {
    /// Lets happen what is to happen once, in a thread of its own, because it
    /// runs requests of its own.
    fn interrupt(what: &Mutex<Option<Before>>) -> Result<(), Fault> {
        let Some(what) = what.lock().expect("no panic").take() else { return Ok(()) };
        std::thread::spawn(what).join().expect("no panic").map_or(Ok(()), Err)
    }
}

#[async_trait]
impl Store for Interrupted {
    async fn get(&self, table: TableName, key: &str) -> Result<Option<Record>, Fault> {
        if table == TableName::SavedDrafts {
            Interrupted::interrupt(&self.before_facts)?;
        }
        if table == TableName::Addresses {
            Interrupted::interrupt(&self.before_address)?;
        }
        self.memory.get(table, key).await
    }

    async fn list(&self, table: TableName, prefix: &str) -> Result<Vec<(String, Record)>, Fault> {
        self.memory.list(table, prefix).await
    }

    async fn counter(&self, table: TableName) -> Result<u64, Fault> {
        self.memory.counter(table).await
    }

    async fn commit(&self, commit: Commit) -> Result<Outcome, Fault> {
        let makes = commit.put.iter().any(|put| put.table == TableName::Organisations);
        if makes {
            Interrupted::interrupt(&self.before)?;
        }
        self.memory.commit(commit).await
    }
}

fn interrupted() -> (World, Arc<Interrupted>) {
    let mut store = None;
    let world = World::over(|memory| {
        let interrupted = Arc::new(Interrupted {
            memory,
            before: Mutex::default(),
            before_facts: Mutex::default(),
            before_address: Mutex::default(),
        });
        store = Some(Arc::clone(&interrupted));
        interrupted
    });
    (world, store.expect("a store"))
}

fn organisations(world: &World) -> usize {
    world.memory.everything().keys().filter(|(table, _)| *table == TableName::Organisations).count()
}

#[test]
fn who_comes_second_with_an_address_or_site_name_is_told_so_under_the_field_n2_n12() {
    let same_address = shortest_draft();
    let mut same_site = full_draft();
    same_site.administrator_email = "other@other.example".to_owned();
    let exists = Problem { field: Field::AdministratorEmail, kind: ProblemKind::OrganisationExists };
    let taken = Problem { field: Field::SiteName, kind: ProblemKind::SiteNameTaken };
    for (first, second, problem) in [(full_draft(), same_address, exists), (full_draft(), same_site, taken)] {
        let (world, store) = interrupted();
        let before = organisations(&world);
        let save = world.to_save(ANNA, "d1", &second);
        let beside = world.beside();
        *store.before.lock().expect("no panic") = Some(Box::new(move || {
            beside.save(INGRID, "d1", &first).expect("who comes first is served");
            None
        }));
        let refused = world.ask(endpoints::TRIALS, ANNA, "", &save);
        assert_eq!(refused, Err(ApiError::Invalid { problems: vec![problem] }));
        assert_eq!(organisations(&world), before + 1);
    }
}

#[test]
fn a_draft_that_is_saved_between_the_look_at_it_and_the_facts_leads_to_its_customer_n18() {
    let (world, store) = interrupted();
    let save = world.to_save(ANNA, "d1", &shortest_draft());
    let (beside, other) = (world.beside(), save.clone());
    *store.before_address.lock().expect("no panic") = Some(Box::new(move || {
        beside.ask(endpoints::TRIALS, ANNA, "", &other).expect("who comes first is served");
        None
    }));
    let refused = world.ask(endpoints::TRIALS, ANNA, "", &save);
    // The address in the way is the own one: it is not told as somebody else's.
    let Err(ApiError::Refused { refusal, see, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!((refusal.rule, see.is_some()), (RuleId::N18, true));
}

#[test]
fn two_tabs_that_save_one_draft_at_once_make_one_customer_n18() {
    let (world, store) = interrupted();
    let before = organisations(&world);
    let save = world.to_save(ANNA, "d1", &shortest_draft());
    let beside = world.beside();
    let other = save.clone();
    *store.before.lock().expect("no panic") = Some(Box::new(move || {
        beside.ask(endpoints::TRIALS, ANNA, "", &other).expect("who comes first is served");
        None
    }));
    let Err(ApiError::Refused { refusal, see, .. }) = world.ask(endpoints::TRIALS, ANNA, "", &save) else {
        panic!("saved twice")
    };
    assert_eq!((refusal.rule, see.is_some()), (RuleId::N18, true));
    assert_eq!(organisations(&world), before + 1);
}

#[test]
fn a_request_delivered_twice_at_once_gets_one_answer_g2() {
    let (world, store) = interrupted();
    let save = world.to_save(ANNA, "d1", &shortest_draft());
    let key = world.key();
    let headers = [(IDEMPOTENCY_KEY, key.as_str())];
    let (beside, other, same_key) = (world.beside(), save.clone(), key.clone());
    let first: Arc<Mutex<Option<Started>>> = Arc::default();
    let told = Arc::clone(&first);
    *store.before.lock().expect("no panic") = Some(Box::new(move || {
        let answer = beside.ask_with(endpoints::TRIALS, ANNA, "", &other, &[(IDEMPOTENCY_KEY, &same_key)]);
        *told.lock().expect("no panic") = answer.ok();
        None
    }));
    let second = world.ask_with(endpoints::TRIALS, ANNA, "", &save, &headers).expect("the same answer");
    assert_eq!(Some(second), first.lock().expect("no panic").take());
}

#[test]
fn a_retry_that_overtakes_its_lost_answer_gets_that_answer_and_no_refusal_g2_n18() {
    let (world, store) = interrupted();
    let draft = shortest_draft();
    // Keeping a draft anew is stale once it is kept, and saving is refused once it is saved: here
    // by the very same request, stored after this one found no receipt of it.
    let keep_key = world.key();
    let headers = [(IDEMPOTENCY_KEY, keep_key.as_str()), (IF_NONE_MATCH, "*")];
    let (beside, same, key) = (world.beside(), draft.clone(), keep_key.clone());
    *store.before_facts.lock().expect("no panic") = Some(Box::new(move || {
        let headers = [(IDEMPOTENCY_KEY, key.as_str()), (IF_NONE_MATCH, "*")];
        beside.ask_with(endpoints::DRAFT_KEEP, ANNA, "d1", &same, &headers).expect("kept");
        None
    }));
    let kept = world.ask_with(endpoints::DRAFT_KEEP, ANNA, "d1", &draft, &headers);
    assert_eq!(kept.map(|kept| kept.version), Ok(1));

    let before = organisations(&world);
    let save = world.to_save(ANNA, "d1", &draft);
    let save_key = world.key();
    let (beside, same, key) = (world.beside(), save.clone(), save_key.clone());
    *store.before_facts.lock().expect("no panic") = Some(Box::new(move || {
        beside.ask_with(endpoints::TRIALS, ANNA, "", &same, &[(IDEMPOTENCY_KEY, &key)]).expect("saved");
        None
    }));
    let saved = world.ask_with(endpoints::TRIALS, ANNA, "", &save, &[(IDEMPOTENCY_KEY, &save_key)]);
    assert!(saved.is_ok(), "{saved:?}");
    assert_eq!(organisations(&world), before + 1);
}

#[test]
fn threads_that_save_the_same_address_at_once_make_one_organisation_n2() {
    let world = World::new();
    let before = organisations(&world);
    let people = [ANNA, MEHMET, INGRID];
    let barrier = Barrier::new(people.len() * 2);
    let made = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for person in people {
            for id in ["d1", "d2"] {
                let save = world.to_save(person, id, &shortest_draft());
                let (world, barrier, made) = (&world, &barrier, &made);
                scope.spawn(move || {
                    barrier.wait();
                    match world.ask(endpoints::TRIALS, person, "", &save) {
                        Ok(_) => drop(made.fetch_add(1, Ordering::SeqCst)),
                        Err(ApiError::Invalid { problems }) => {
                            assert_eq!(problems[0].kind, ProblemKind::OrganisationExists);
                        }
                        Err(other) => panic!("{other:?}"),
                    }
                });
            }
        }
    });
    assert_eq!((made.into_inner(), organisations(&world)), (1, before + 1));
}

#[test]
fn a_store_that_fails_leaves_nothing_and_the_same_request_goes_well_later_g2() {
    let rows = [
        (Fault::Failed("power cut".to_owned()), ApiError::Unavailable),
        (Fault::Full, ApiError::StorageFull),
        (Fault::Refused, ApiError::StorageRefused),
    ];
    for (fault, error) in rows {
        let (world, store) = interrupted();
        let save = world.to_save(ANNA, "d1", &full_draft());
        let before = world.memory.everything();
        let key = world.key();
        let headers = [(IDEMPOTENCY_KEY, key.as_str())];
        *store.before.lock().expect("no panic") = Some(Box::new(move || Some(fault.clone())));
        assert_eq!(world.ask_with(endpoints::TRIALS, ANNA, "", &save, &headers), Err(error));
        assert_eq!(world.memory.everything(), before, "nothing is half stored");
        assert!(world.ask_with(endpoints::TRIALS, ANNA, "", &save, &headers).is_ok());
    }
}
