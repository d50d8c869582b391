//! Typed access to the tables of a store.

use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Commit, Expectation, Fault, Put, Record, Store, TableName};

/// A table with the type of its records.
pub struct Table<T> {
    /// Its name.
    pub name: TableName,
    records: PhantomData<fn() -> T>,
}

/// A record with its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versioned<T> {
    /// The version.
    pub version: u64,
    /// The record.
    pub value: T,
}

impl<T: Serialize + DeserializeOwned> Table<T> {
    /// A table of that name.
    pub const fn new(name: TableName) -> Self {
        Table { name, records: PhantomData }
    }

    /// One record.
    ///
    /// # Errors
    /// A fault when the store cannot answer, or holds something else under the key.
    pub async fn get(&self, store: &dyn Store, key: &str) -> Result<Option<Versioned<T>>, Fault> {
        store.get(self.name, key).await?.map(|record| self.read(key, &record)).transpose()
    }

    /// The records whose keys begin with a prefix, ordered by key.
    ///
    /// # Errors
    /// As for [`Table::get`].
    pub async fn list(&self, store: &dyn Store, prefix: &str) -> Result<Vec<(String, Versioned<T>)>, Fault> {
        let records = store.list(self.name, prefix).await?;
        records
            .into_iter()
            .map(|(key, record)| {
                let read = self.read(&key, &record)?;
                Ok((key, read))
            })
            .collect()
    }

    fn read(&self, key: &str, record: &Record) -> Result<Versioned<T>, Fault> {
        match serde_json::from_str(&record.json) {
            Ok(value) => Ok(Versioned { version: record.version, value }),
            Err(error) => Err(Fault::Failed(format!("{}/{key} cannot be read: {error}", self.name.name()))),
        }
    }
}

impl Commit {
    /// Stores a record, whatever was there before.
    pub fn put<T: Serialize>(&mut self, table: &Table<T>, key: impl Into<String>, record: &T) {
        self.put.push(Put { table: table.name, key: key.into(), json: json(record) });
    }

    /// Stores a record that must not be there yet.
    pub fn make<T: Serialize>(&mut self, table: &Table<T>, key: impl Into<String>, record: &T) {
        let key = key.into();
        self.expect(table, key.clone(), None);
        self.put(table, key, record);
    }

    /// Takes a record away.
    pub fn delete<T>(&mut self, table: &Table<T>, key: impl Into<String>) {
        self.delete.push((table.name, key.into()));
    }

    /// Expects a version of a record, or that there is no such record.
    pub fn expect<T>(&mut self, table: &Table<T>, key: impl Into<String>, version: Option<u64>) {
        self.expect.push(Expectation { table: table.name, key: key.into(), version });
    }
}

/// A record or an answer as JSON.
///
/// # Panics
/// When a map in it has keys that are no text. No type here has such a map, and
/// a record that cannot be written must not be taken for one that is empty.
pub(crate) fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("records and answers can be written as JSON")
}
