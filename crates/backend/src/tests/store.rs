use futures_executor::block_on;

use crate::store::{Commit, Expectation, MemoryStore, Outcome, Put, Store, TableName};

const TABLE: TableName = TableName::Drafts;

fn put(key: &str, json: &str) -> Put {
    Put { table: TABLE, key: key.to_owned(), json: json.to_owned() }
}

fn expect(key: &str, version: Option<u64>) -> Expectation {
    Expectation { table: TABLE, key: key.to_owned(), version }
}

fn version(store: &MemoryStore, key: &str) -> Option<u64> {
    block_on(store.get(TABLE, key)).expect("no fault").map(|record| record.version)
}

#[test]
fn versions_begin_at_1_and_rise_with_every_change_g2() {
    let store = MemoryStore::default();
    for expected in [None, Some(1), Some(2)] {
        let commit = Commit { expect: vec![expect("a", expected)], put: vec![put("a", "1")], ..Commit::default() };
        assert_eq!(block_on(store.commit(commit)), Ok(Outcome::Stored));
    }
    assert_eq!(version(&store, "a"), Some(3));
}

#[test]
fn a_commit_whose_expectation_fails_stores_nothing_g2() {
    let store = MemoryStore::default();
    let commit = Commit {
        expect: vec![expect("b", None), expect("a", Some(1))],
        put: vec![put("a", "1"), put("b", "1")],
        ..Commit::default()
    };
    assert_eq!(block_on(store.commit(commit)), Ok(Outcome::Conflict));
    assert!(store.everything().is_empty());
}

#[test]
fn the_receipt_is_looked_up_before_the_expectations_g2() {
    let store = MemoryStore::default();
    let commit = Commit {
        expect: vec![expect("a", None)],
        put: vec![put("a", "1")],
        receipt: Some(put("receipt", "1")),
        ..Commit::default()
    };
    assert_eq!(block_on(store.commit(commit.clone())), Ok(Outcome::Stored));
    assert!(matches!(block_on(store.commit(commit)), Ok(Outcome::Repeated(record)) if record.json == "1"));
    assert_eq!(version(&store, "a"), Some(1));
}

#[test]
fn a_list_holds_the_keys_with_the_prefix_in_order() {
    let store = MemoryStore::default();
    let keys = ["b/2", "a/1", "b/1", "b", "c"];
    let commit = Commit { put: keys.iter().map(|key| put(key, "1")).collect(), ..Commit::default() };
    assert_eq!(block_on(store.commit(commit)), Ok(Outcome::Stored));
    let list = |prefix| -> Vec<String> {
        block_on(store.list(TABLE, prefix)).expect("no fault").into_iter().map(|(key, _)| key).collect()
    };
    assert_eq!(list("b/"), ["b/1", "b/2"]);
    assert_eq!(list(""), ["a/1", "b", "b/1", "b/2", "c"]);
    assert!(list("d").is_empty());
}

#[test]
fn names_of_tables_are_their_own_and_hold_no_slash() {
    let mut names: Vec<&str> = TableName::ALL.iter().map(|table| table.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), TableName::ALL.len());
    assert!(names.iter().all(|name| !name.contains('/')));
}
