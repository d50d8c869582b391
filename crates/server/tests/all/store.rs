//! What every store has to do, done by PostgreSQL.

use backend::store::{Commit, Expectation, Outcome, Put, Store, TableName};
use server::store::{PostgresStore, connect_options, migrate};

use crate::cluster::Cluster;

const TABLE: TableName = TableName::Drafts;

fn put(key: &str, json: &str) -> Put {
    Put { table: TABLE, key: key.to_owned(), json: json.to_owned() }
}

fn expect(key: &str, version: Option<u64>) -> Expectation {
    Expectation { table: TABLE, key: key.to_owned(), version }
}

fn putting(key: &str, version: Option<u64>) -> Commit {
    Commit { expect: vec![expect(key, version)], put: vec![put(key, "1")], ..Commit::default() }
}

/// Runs a test over an empty store.
pub fn over_a_store<F: Future<Output = ()>>(test: impl FnOnce(PostgresStore) -> F) {
    let cluster = Cluster::start();
    let options = connect_options(&cluster.database()).expect("an address");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        migrate(&options).await.expect("migrated");
        test(PostgresStore::new(options, 16)).await;
    });
}

async fn version(store: &PostgresStore, key: &str) -> Option<u64> {
    store.get(TABLE, key).await.expect("no fault").map(|record| record.version)
}

async fn keys(store: &PostgresStore, prefix: &str) -> Vec<String> {
    store.list(TABLE, prefix).await.expect("no fault").into_iter().map(|(key, _)| key).collect()
}

#[test]
fn postgresql_keeps_what_a_store_promises_g2() {
    over_a_store(async |store| {
        // Versions begin at 1 and rise with every change, twice when it is put twice.
        for expected in [None, Some(1), Some(2)] {
            assert_eq!(store.commit(putting("a", expected)).await, Ok(Outcome::Stored));
        }
        let twice = Commit { put: vec![put("a", "2"), put("a", "3")], ..Commit::default() };
        assert_eq!(store.commit(twice).await, Ok(Outcome::Stored));
        let found = store.get(TABLE, "a").await.expect("no fault").expect("there");
        assert_eq!((found.version, found.json.as_str()), (5, "3"));

        // A commit whose expectation fails stores nothing.
        for (expected, of) in [(None, "a"), (Some(4), "a"), (Some(1), "nothing")] {
            let mut commit = putting(of, expected);
            commit.put.push(put("beside", "1"));
            assert_eq!(store.commit(commit).await, Ok(Outcome::Conflict), "{of} {expected:?}");
            assert_eq!(version(&store, "beside").await, None);
        }

        // The receipt is looked up before the expectations.
        let commit = Commit { receipt: Some(put("receipt", "1")), ..putting("b", None) };
        assert_eq!(store.commit(commit.clone()).await, Ok(Outcome::Stored));
        assert!(matches!(store.commit(commit).await, Ok(Outcome::Repeated(record)) if record.json == "1"));
        assert_eq!(version(&store, "b").await, Some(1));

        // What is taken away is gone, and begins anew; what is gone already is no conflict.
        let delete = vec![(TABLE, "a".to_owned()), (TABLE, "never".to_owned())];
        assert_eq!(store.commit(Commit { delete, ..Commit::default() }).await, Ok(Outcome::Stored));
        assert_eq!(store.commit(putting("a", None)).await, Ok(Outcome::Stored));
        assert_eq!(version(&store, "a").await, Some(1));

        // A key that must not be there and is not stored either leaves nothing behind.
        let absent = Commit { expect: vec![expect("absent", None)], ..Commit::default() };
        assert_eq!(store.commit(absent).await, Ok(Outcome::Stored));
        assert_eq!(version(&store, "absent").await, None);

        // To throw everything away takes what is in other tables too.
        let other = Put { table: TableName::SiteNames, ..put("site", "1") };
        assert_eq!(store.commit(Commit { put: vec![other], ..Commit::default() }).await, Ok(Outcome::Stored));
        let clear =
            Commit { clear: true, expect: vec![expect("a", Some(1))], put: vec![put("a", "new")], ..Commit::default() };
        assert_eq!(store.commit(clear).await, Ok(Outcome::Stored));
        assert_eq!(keys(&store, "").await, ["a"]);
        assert!(store.list(TableName::SiteNames, "").await.expect("no fault").is_empty());
        assert_eq!(version(&store, "a").await, Some(1));
    });
}

#[test]
fn a_list_holds_the_keys_with_the_prefix_in_order_whatever_stands_in_them_g3() {
    over_a_store(async |store| {
        let all =
            ["b/2", "a/1", "b/1", "b", "c", "B/1", "b0", "é/1", "a\0b", "a\\0b", "%", "_", "x'; DROP TABLE drafts"];
        let commit = Commit { put: all.iter().map(|key| put(key, "\"\\u0000\"")).collect(), ..Commit::default() };
        assert_eq!(store.commit(commit).await, Ok(Outcome::Stored));
        let mut sorted = all.to_vec();
        sorted.sort_unstable();
        assert_eq!(keys(&store, "b/").await, ["b/1", "b/2"]);
        assert_eq!(keys(&store, "é/").await, ["é/1"]);
        let mut found = keys(&store, "").await;
        found.sort();
        assert_eq!(found, sorted);
        assert!(keys(&store, "d").await.is_empty());
        for key in all {
            let found = store.get(TABLE, key).await.expect("no fault").expect("there");
            assert_eq!(found.json, "\"\\u0000\"", "{key:?}");
        }
        assert_eq!(version(&store, "a\0").await, None);
    });
}

#[test]
fn of_many_who_want_the_same_at_once_one_gets_it_and_nobody_hangs_g2() {
    over_a_store(async |store| {
        for round in 0..20 {
            // Each wants two keys, in an order of their own, and one of them must not be there yet.
            let (one, other) = (format!("{round}/one"), format!("{round}/other"));
            let mut tasks = tokio::task::JoinSet::new();
            for number in 0..24 {
                let (store, mut both) = (store.clone(), [one.clone(), other.clone()]);
                if number % 2 == 0 {
                    both.reverse();
                }
                tasks.spawn(async move {
                    let [first, second] = both;
                    let commit = Commit {
                        expect: vec![expect(&first, None)],
                        put: vec![put(&first, "1"), put(&second, "1")],
                        ..Commit::default()
                    };
                    store.commit(commit).await.expect("no fault")
                });
            }
            let outcomes = tasks.join_all().await;
            assert_eq!(outcomes.iter().filter(|outcome| **outcome == Outcome::Stored).count(), 1, "round {round}");
        }
    });
}

#[test]
fn the_same_act_sent_by_many_at_once_is_done_once_and_all_get_its_receipt_g2() {
    over_a_store(async |store| {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..24 {
            let store = store.clone();
            let commit = Commit { receipt: Some(put("key", "the answer")), ..putting("a", None) };
            tasks.spawn(async move { store.commit(commit).await.expect("no fault") });
        }
        let outcomes = tasks.join_all().await;
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == Outcome::Stored).count(), 1);
        let repeated = |outcome: &&Outcome| matches!(outcome, Outcome::Repeated(found) if found.json == "the answer");
        assert_eq!(outcomes.iter().filter(repeated).count(), 23, "{outcomes:?}");
    });
}

#[test]
fn a_key_that_must_not_be_there_stays_away_until_the_commit_is_over_g2() {
    over_a_store(async |store| {
        for round in 0..20 {
            // One keeps what must not be saved yet; the other saves it. Both at once cannot be.
            let (draft, saved) = (format!("{round}/draft"), format!("{round}/saved"));
            let keep = Commit { expect: vec![expect(&saved, None)], put: vec![put(&draft, "1")], ..Commit::default() };
            let save = Commit { expect: vec![expect(&draft, None)], put: vec![put(&saved, "1")], ..Commit::default() };
            let (kept, done) = tokio::join!(store.commit(keep), store.commit(save));
            let both = [kept.expect("no fault"), done.expect("no fault")];
            assert_eq!(both.iter().filter(|outcome| **outcome == Outcome::Stored).count(), 1, "{both:?}");
        }
    });
}
