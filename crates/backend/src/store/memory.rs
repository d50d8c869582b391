//! A store in memory: for native tests, and for trying things out.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;

use super::{Commit, Fault, Outcome, Put, Record, Store, TableName};

/// Keeps everything in memory; gone with the process.
#[derive(Debug, Default)]
pub struct MemoryStore {
    state: Mutex<State>,
}

/// Every record by table and key.
pub(crate) type Records = BTreeMap<(TableName, String), Record>;

#[derive(Debug, Default)]
struct State {
    records: Records,
    commits: u64,
}

impl MemoryStore {
    /// Everything that is stored, for a test to compare.
    pub fn everything(&self) -> Records {
        self.read(|state| state.records.clone())
    }

    /// A store that holds these records.
    #[cfg(test)]
    pub(crate) fn holding(records: Records) -> MemoryStore {
        MemoryStore { state: Mutex::new(State { records, commits: 0 }) }
    }

    fn read<T>(&self, read: impl FnOnce(&mut State) -> T) -> T {
        read(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    fn version(&self, table: TableName, key: &str) -> Option<u64> {
        self.records.get(&(table, key.to_owned())).map(|record| record.version)
    }

    fn put(&mut self, Put { table, key, json }: Put) {
        let version = self.version(table, &key).unwrap_or_default() + 1;
        self.records.insert((table, key), Record { version, json });
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn get(&self, table: TableName, key: &str) -> Result<Option<Record>, Fault> {
        Ok(self.read(|state| state.records.get(&(table, key.to_owned())).cloned()))
    }

    async fn list(&self, table: TableName, prefix: &str) -> Result<Vec<(String, Record)>, Fault> {
        Ok(self.read(|state| {
            let from = (table, prefix.to_owned());
            let of_prefix = |(each, key): &(TableName, String)| *each == table && key.starts_with(prefix);
            let found = state.records.range(from..).take_while(|(key, _)| of_prefix(key));
            found.map(|((_, key), record)| (key.clone(), record.clone())).collect()
        }))
    }

    async fn counter(&self, _: TableName) -> Result<u64, Fault> {
        Ok(self.read(|state| state.commits))
    }

    async fn commit(&self, commit: Commit) -> Result<Outcome, Fault> {
        Ok(self.read(|state| {
            if let Some(receipt) = &commit.receipt
                && let Some(record) = state.records.get(&(receipt.table, receipt.key.clone()))
            {
                return Outcome::Repeated(record.clone());
            }
            if commit.expect.iter().any(|each| state.version(each.table, &each.key) != each.version) {
                return Outcome::Conflict;
            }
            if commit.clear {
                state.records.clear();
            }
            for (table, key) in commit.delete {
                state.records.remove(&(table, key));
            }
            for put in commit.put.into_iter().chain(commit.receipt) {
                state.put(put);
            }
            state.commits += 1;
            Outcome::Stored
        }))
    }
}
