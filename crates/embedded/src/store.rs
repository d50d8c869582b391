//! The backend's store over IndexedDB.
//!
//! Every record is a text, `version:json`, under `table/key`. Tables that are
//! read whole keep many rows in one record, because reading a hundred large
//! records takes a tenth of the time of reading ten thousand small ones.

use std::collections::BTreeMap;

use async_trait::async_trait;
use backend::store::{Commit, Expectation, Fault, Outcome, Put, Record, Store, TableName};

use crate::database::Transaction;

/// Records into which the rows of one partner are spread. With it a list of
/// 100,000 rows is read in records of about 800 rows.
const BUCKETS: u64 = 128;

/// Under which name the counters stand, beside the tables.
const COUNTERS: &str = "counters";

/// The records of this browser profile.
#[derive(Debug, Default)]
pub struct LocalStore;

/// Rows that stand in one record, by key.
type Bucket = BTreeMap<String, (u64, String)>;

#[async_trait]
impl Store for LocalStore {
    async fn get(&self, table: TableName, key: &str) -> Result<Option<Record>, Fault> {
        let transaction = Transaction::read().await?;
        get(&transaction, &mut BTreeMap::new(), table, key).await
    }

    async fn list(&self, table: TableName, prefix: &str) -> Result<Vec<(String, Record)>, Fault> {
        let transaction = Transaction::read().await?;
        let found = transaction.list(&format!("{}/{prefix}", table.name())).await?;
        let mut records = Vec::new();
        for (place, text) in found {
            if table.is_read_whole() {
                let bucket = read_bucket(&place, &text)?;
                records.extend(bucket.into_iter().map(|(key, (version, json))| (key, Record { version, json })));
            } else {
                let key = place[table.name().len() + 1..].to_owned();
                records.push((key, read(&place, &text)?));
            }
        }
        Ok(records)
    }

    async fn counter(&self, table: TableName) -> Result<u64, Fault> {
        let text = Transaction::read().await?.get(&format!("{COUNTERS}/{}", table.name())).await?;
        Ok(text.and_then(|text| text.parse().ok()).unwrap_or_default())
    }

    async fn commit(&self, commit: Commit) -> Result<Outcome, Fault> {
        let transaction = Transaction::write().await?;
        match write(&transaction, commit).await {
            Ok(Outcome::Stored) => transaction.done().await.map(|()| Outcome::Stored),
            Ok(other) => {
                transaction.abort().await;
                Ok(other)
            }
            Err(fault) => {
                transaction.abort().await;
                Err(fault)
            }
        }
    }
}

/// Checks a commit and puts all of it. Until the first put it awaits only the
/// transaction's own requests; from then on it awaits nothing.
async fn write(transaction: &Transaction, commit: Commit) -> Result<Outcome, Fault> {
    let mut buckets = BTreeMap::new();
    if let Some(Put { table, key, .. }) = &commit.receipt
        && let Some(record) = get(transaction, &mut buckets, *table, key).await?
    {
        return Ok(Outcome::Repeated(record));
    }
    let mut versions = BTreeMap::new();
    for Expectation { table, key, version } in &commit.expect {
        let found = get(transaction, &mut buckets, *table, key).await?.map(|record| record.version);
        if found != *version {
            return Ok(Outcome::Conflict);
        }
        versions.insert((*table, key.clone()), found);
    }
    let receipt = commit.receipt.into_iter();
    let puts: Vec<Put> = commit.put.into_iter().chain(receipt).collect();
    let touched = puts.iter().map(|put| (put.table, &put.key)).chain(commit.delete.iter().map(|(t, key)| (*t, key)));
    let mut counters = BTreeMap::new();
    for (table, key) in touched {
        if !commit.clear && !versions.contains_key(&(table, key.clone())) {
            // For a row this also brings its bucket to hand.
            let found = get(transaction, &mut buckets, table, key).await?.map(|record| record.version);
            versions.insert((table, key.clone()), found);
        }
        if table.is_read_whole() {
            counters.insert(table, 0);
        }
    }
    if commit.clear {
        counters.extend(TableName::ALL.into_iter().filter(|table| table.is_read_whole()).map(|table| (table, 0)));
        buckets.clear();
        versions.clear();
    }
    for (table, counter) in &mut counters {
        let before = transaction.get(&format!("{COUNTERS}/{}", table.name())).await?;
        let before = before.and_then(|text| text.parse::<u64>().ok()).unwrap_or_default();
        // Never a number from before the reader cleared the site's data.
        *counter = (before + 1).max(js_sys::Date::now() as u64);
    }

    if commit.clear {
        transaction.clear()?;
    }
    let mut changed = std::collections::BTreeSet::new();
    for (table, key) in commit.delete {
        if table.is_read_whole() {
            let place = bucket_of(table, &key);
            buckets.entry(place.clone()).or_default().remove(&key);
            changed.insert(place);
        } else {
            transaction.delete(&place_of(table, &key))?;
        }
        versions.remove(&(table, key));
    }
    for Put { table, key, json } in puts {
        let version = versions.get(&(table, key.clone())).copied().flatten().unwrap_or_default() + 1;
        versions.insert((table, key.clone()), Some(version));
        if table.is_read_whole() {
            let place = bucket_of(table, &key);
            buckets.entry(place.clone()).or_default().insert(key, (version, json));
            changed.insert(place);
        } else {
            transaction.put(&place_of(table, &key), &format!("{version}:{json}"))?;
        }
    }
    for place in changed {
        let bucket = buckets.remove(&place).unwrap_or_default();
        match bucket.is_empty() {
            true => transaction.delete(&place)?,
            false => transaction.put(&place, &write_bucket(&bucket)?)?,
        }
    }
    for (table, counter) in counters {
        transaction.put(&format!("{COUNTERS}/{}", table.name()), &counter.to_string())?;
    }
    Ok(Outcome::Stored)
}

/// A record, with the buckets that were read on the way.
async fn get(
    transaction: &Transaction,
    buckets: &mut BTreeMap<String, Bucket>,
    table: TableName,
    key: &str,
) -> Result<Option<Record>, Fault> {
    if !table.is_read_whole() {
        let place = place_of(table, key);
        return transaction.get(&place).await?.map(|text| read(&place, &text)).transpose();
    }
    let place = bucket_of(table, key);
    if !buckets.contains_key(&place) {
        let bucket = match transaction.get(&place).await? {
            Some(text) => read_bucket(&place, &text)?,
            None => Bucket::new(),
        };
        buckets.insert(place.clone(), bucket);
    }
    let found = buckets.get(&place).and_then(|bucket| bucket.get(key));
    Ok(found.map(|(version, json)| Record { version: *version, json: json.clone() }))
}

/// Where a record stands.
fn place_of(table: TableName, key: &str) -> String {
    format!("{}/{key}", table.name())
}

/// Where the rows stand among which a row is: it follows from the key alone, so
/// no index has to be kept. Rows with the same first part of the key stand together.
fn bucket_of(table: TableName, key: &str) -> String {
    let first = key.split('/').next().unwrap_or_default();
    // FNV-1a: the same on every build, which the standard library's hash is not.
    let hash = key
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{}/{first}/{:03}", table.name(), hash % BUCKETS)
}

fn read(place: &str, text: &str) -> Result<Record, Fault> {
    let (version, json) = text.split_once(':').ok_or_else(|| unreadable(place))?;
    let version = version.parse().map_err(|_| unreadable(place))?;
    Ok(Record { version, json: json.to_owned() })
}

fn read_bucket(place: &str, text: &str) -> Result<Bucket, Fault> {
    serde_json::from_str(text).map_err(|_| unreadable(place))
}

fn write_bucket(bucket: &Bucket) -> Result<String, Fault> {
    serde_json::to_string(bucket).map_err(|error| Fault::Failed(error.to_string()))
}

fn unreadable(place: &str) -> Fault {
    Fault::Failed(format!("{place} cannot be read"))
}
