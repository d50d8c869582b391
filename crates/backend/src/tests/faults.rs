//! A store that fails, or reports a conflict, at any one call, for every act: all of the
//! act is stored or nothing, and the same request goes well later and is done once (G2).

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;

use super::World;
use super::cast::Asked;
use crate::store::{Commit, Fault, MemoryStore, Outcome, Record, Records, Store, TableName};

/// How a call of the store goes wrong.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wrong {
    /// It fails, and nothing is stored.
    Fails(Fault),
    /// It stores, and its answer is lost.
    Lost,
    /// Something that the commit expects is another by now.
    Conflict,
}

impl Wrong {
    pub(super) fn all() -> [Wrong; 5] {
        let failed = Fault::Failed("power cut".to_owned());
        [failed, Fault::Full, Fault::Refused]
            .map(Wrong::Fails)
            .into_iter()
            .chain([Wrong::Lost, Wrong::Conflict])
            .collect::<Vec<_>>()
            .try_into()
            .expect("five")
    }
}

/// A store that goes wrong at its n-th call, and at no other.
pub(super) struct Faulty {
    memory: Arc<MemoryStore>,
    left: AtomicUsize,
    wrong: Wrong,
    calls: Mutex<Vec<bool>>,
}

impl Faulty {
    pub(super) fn new(memory: Arc<MemoryStore>, at: usize, wrong: Wrong) -> Arc<Faulty> {
        Arc::new(Faulty { memory, left: AtomicUsize::new(at), wrong, calls: Mutex::default() })
    }

    /// Which of the calls so far were commits.
    pub(super) fn commits(&self) -> Vec<bool> {
        self.calls.lock().expect("no panic").clone()
    }

    /// Whether the call came at which it goes wrong.
    pub(super) fn went_wrong(&self) -> bool {
        self.left.load(Ordering::SeqCst) == 0
    }

    fn now(&self, commit: bool) -> bool {
        self.calls.lock().expect("no panic").push(commit);
        let taken = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        taken == Ok(1)
    }

    fn read(&self) -> Result<(), Fault> {
        match (self.now(false), &self.wrong) {
            (true, Wrong::Fails(fault)) => Err(fault.clone()),
            _ => Ok(()),
        }
    }
}

#[async_trait]
impl Store for Faulty {
    async fn get(&self, table: TableName, key: &str) -> Result<Option<Record>, Fault> {
        self.read()?;
        self.memory.get(table, key).await
    }

    async fn list(&self, table: TableName, prefix: &str) -> Result<Vec<(String, Record)>, Fault> {
        self.read()?;
        self.memory.list(table, prefix).await
    }

    async fn counter(&self, table: TableName) -> Result<u64, Fault> {
        self.read()?;
        self.memory.counter(table).await
    }

    async fn commit(&self, commit: Commit) -> Result<Outcome, Fault> {
        match (self.now(true), &self.wrong) {
            (true, Wrong::Fails(fault)) => Err(fault.clone()),
            (true, Wrong::Conflict) => Ok(Outcome::Conflict),
            (true, Wrong::Lost) => {
                self.memory.commit(commit).await?;
                Err(Fault::Failed("the answer was lost".to_owned()))
            }
            (false, _) => self.memory.commit(commit).await,
        }
    }
}

/// The records that matter to some organisations: the others only make a test slow.
pub(super) fn around(records: &Records, organisations: &[&str]) -> Records {
    let own = |table: TableName| {
        matches!(
            table,
            TableName::Customers
                | TableName::Due
                | TableName::Journal
                | TableName::Mails
                | TableName::Organisations
                | TableName::Outbox
                | TableName::Receipts
        )
    };
    let wanted = |key: &str| key.split('/').any(|part| organisations.contains(&part));
    let kept = records.iter().filter(|((table, key), _)| !own(*table) || wanted(key));
    kept.map(|(key, record)| (key.clone(), record.clone())).collect()
}

/// What an act is judged by: everything but look-ups and notes of the deployment, which
/// are commits of their own that do no harm alone.
pub(super) fn stored(records: &Records) -> Records {
    let aside = |table| matches!(table, TableName::LookUps | TableName::Deployment);
    records.iter().filter(|((table, _), _)| !aside(*table)).map(|(key, record)| (key.clone(), record.clone())).collect()
}

/// How many records of which versions each table has: the same for two runs whose random
/// ids differ.
pub(super) fn shape(records: &Records) -> BTreeMap<TableName, Vec<u64>> {
    let mut shape: BTreeMap<TableName, Vec<u64>> = BTreeMap::new();
    for ((table, _), record) in stored(records) {
        shape.entry(table).or_default().push(record.version);
    }
    shape.values_mut().for_each(|versions| versions.sort_unstable());
    shape
}

/// Sends a request to stores that go wrong at each of its calls in turn. How many there were.
pub(super) fn survives(world: &World, organisations: &[&str], asked: &Asked) -> usize {
    let records = around(&world.memory.everything(), organisations);
    let before = stored(&records);
    let mut store = None;
    let mut fork = |at, wrong| {
        let forked = world.forked(records.clone(), |memory| {
            let faulty = Faulty::new(memory, at, wrong);
            store = Some(Arc::clone(&faulty));
            faulty
        });
        (forked, store.take().expect("a store"))
    };
    let (whole, healthy) = fork(usize::MAX, Wrong::Lost);
    asked.done(&whole);
    let done = shape(&whole.memory.everything());
    assert_ne!(done, shape(&records), "{} stores something", asked.what);
    let calls = healthy.commits();
    for (place, commits) in calls.iter().enumerate() {
        // A read can neither conflict nor store.
        for wrong in Wrong::all().into_iter().filter(|wrong| *commits || matches!(wrong, Wrong::Fails(_))) {
            let at = place + 1;
            let (world, store) = fork(at, wrong.clone());
            let reply = asked.reply(&world);
            let what = format!("{} by {}, {wrong:?} at call {at}: {}", asked.what, asked.person, reply.body);
            assert!(store.went_wrong(), "{what}");
            let now = world.memory.everything();
            match reply.status {
                200 => assert_eq!(shape(&now), done, "all of it: {what}"),
                503 | 507 if wrong == Wrong::Lost => {
                    assert!(stored(&now) == before || shape(&now) == done, "all or nothing: {what}");
                }
                503 | 507 => assert_eq!(shape(&now), shape(&records), "nothing: {what}"),
                other => panic!("{other} {what}"),
            }
            let again = asked.reply(&world.beside());
            assert_eq!(again.status, 200, "sent again: {what} then {}", again.body);
            assert_eq!(shape(&world.memory.everything()), done, "once: {what}");
            if reply.status == 200 {
                assert_eq!(reply.body, again.body, "the same answer: {what}");
            }
        }
    }
    calls.len()
}

/// Runs every act against every fault, shared among two threads.
fn every_act_survives(part: usize, parts: usize) {
    let mut calls = Vec::new();
    for (name, prepare) in super::every_act::EVERY_ACT.iter().skip(part).step_by(parts) {
        let world = World::new();
        // The upkeep of the day is a commit of its own.
        world.ask(contract::endpoints::SIGN_OUT, "visitor", "", &()).expect("out");
        let (organisation, asked) = prepare(&world);
        let asked = asked.called(name);
        calls.push((*name, survives(&world, &[&organisation], &asked)));
    }
    assert!(calls.iter().all(|(_, calls)| *calls >= 4), "{calls:?}");
}

#[test]
fn an_act_is_stored_whole_or_not_at_all_whichever_call_of_the_store_goes_wrong_g2() {
    std::thread::scope(|scope| {
        for part in 0..2 {
            scope.spawn(move || every_act_survives(part, 2));
        }
    });
}
