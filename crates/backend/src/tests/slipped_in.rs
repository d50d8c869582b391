//! Another act that slips in between deciding and storing: no update is lost (G2).

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use contract::customers::Assign;
use contract::endpoints;
use contract::error::ApiError;
use rules::people::Assignment;

use super::cast::{Asked, journal, organisation};
use super::every_act::{EVERY_ACT, version};
use super::{ANNA, INGRID, MEHMET, World};
use crate::store::{Commit, Fault, MemoryStore, Outcome, Record, Store, TableName};

/// What happens once.
type Once = Arc<Mutex<Option<Box<dyn FnOnce() + Send>>>>;

/// A store in which something happens once, just before an organisation is stored.
struct Before {
    memory: Arc<MemoryStore>,
    what: Once,
}

#[async_trait]
impl Store for Before {
    async fn get(&self, table: TableName, key: &str) -> Result<Option<Record>, Fault> {
        self.memory.get(table, key).await
    }

    async fn list(&self, table: TableName, prefix: &str) -> Result<Vec<(String, Record)>, Fault> {
        self.memory.list(table, prefix).await
    }

    async fn counter(&self, table: TableName) -> Result<u64, Fault> {
        self.memory.counter(table).await
    }

    async fn commit(&self, commit: Commit) -> Result<Outcome, Fault> {
        if commit.put.iter().any(|put| put.table == TableName::Organisations)
            && let Some(what) = self.what.lock().expect("no panic").take()
        {
            std::thread::spawn(what).join().expect("no panic");
        }
        self.memory.commit(commit).await
    }
}

#[test]
fn an_act_that_slips_in_is_never_lost_whatever_it_slips_into_g2() {
    let mut stale = 0;
    for (name, prepare) in EVERY_ACT {
        let made = World::new();
        let (id, asked) = prepare(&made);
        if id.is_empty() || ["look up", "keep what is typed in a set-up"].contains(&name) {
            // It makes an organisation of its own, or changes none.
            continue;
        }
        let what: Once = Arc::default();
        let before = Arc::clone(&what);
        let world = made.forked(made.memory.everything(), |memory| Arc::new(Before { memory, what: before }));
        let (beside, own) = (world.beside(), id.clone());
        let person = if id == "customer-065" { INGRID } else { ANNA };
        let further = if id == "customer-065" { INGRID } else { MEHMET };
        let assignment = Assignment { in_charge: Some(person.into()), assigned: vec![further.into()] };
        let wanted = assignment.clone();
        *what.lock().expect("no panic") = Some(Box::new(move || {
            let assigned = Asked::of(&beside, &endpoints::ASSIGNMENT, person, &own, &Assign { assignment });
            assigned.at(version(&beside, &own)).done(&beside);
        }));
        let entries = journal(&world, &id).len();
        let reply = asked.reply(&world);
        assert!(what.lock().expect("no panic").is_none(), "{name} stores an organisation");
        let partner = if id == "customer-065" { "fjord-communications" } else { "noordzee-telecom" };
        let found = organisation(&world, &id).assignment(&partner.into());
        let now = journal(&world, &id).len();
        if reply.status == 412 {
            let Some(ApiError::Stale { version: told }) = ApiError::from_json(&reply.body) else {
                panic!("{name}: {}", reply.body)
            };
            assert_eq!((told, now), (version(&world, &id), entries + 1), "{name} did nothing, and says what is now");
            assert_eq!(found, wanted, "{name} took nothing back");
            stale += 1;
        } else {
            assert_eq!(reply.status, 200, "{name}: {}", reply.body);
            assert_eq!(found, wanted, "{name} keeps what slipped in");
            assert!(now >= entries + 2, "{name}: both are in the journal");
        }
    }
    // Every other one needs no version, and is decided anew on what slipped in.
    assert_eq!(stale, 30);
}
