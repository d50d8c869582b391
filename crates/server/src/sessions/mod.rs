//! Sessions: which browser is whose, by a cookie that no script reads.
//!
//! The cookie holds 32 bytes of the system's generator, PostgreSQL their hash. The hash is the visit under
//! which the backend keeps who is signed in, so whatever ends that (signing out here or everywhere, a person
//! who is nobody any more) ends the session with the next request.

pub mod cookies;

use std::time::Duration;

use backend::store::Fault;
use sha2::{Digest, Sha256};
use sqlx::postgres::types::PgInterval;
use sqlx::{AssertSqlSafe, PgPool, Row};

use crate::store::in_time;

/// A secret that is kept by one browser, in hexadecimal.
pub struct Secret(String);

impl Secret {
    /// 32 bytes that nobody can guess.
    pub fn random() -> Secret {
        let mut bytes = [0; 32];
        // Secrets that can be guessed would be worse than no answer.
        getrandom::fill(&mut bytes).expect("the system has a source of random bytes");
        Secret(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// What a browser sent, if it can be such a secret.
    pub fn sent(text: &str) -> Option<Secret> {
        let is_hex = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        is_hex.then(|| Secret(text.to_owned()))
    }

    /// As it goes out to the browser.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// As it is stored.
    pub fn hash(&self) -> String {
        hash(&self.0)
    }
}

/// SHA-256 in hexadecimal. What is hashed has 256 random bits, so neither salt nor stretching would add to it.
pub fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A session that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The visit that it is for the backend.
    pub visit: String,
    /// Whose it is: the backend's record of who is signed in, which limits of requests go by.
    pub person: String,
}

/// How often `seen` is written at most, in minutes: a session may end so much earlier than its last use says.
const SEEN_EVERY: &str = "interval '1 minute'";

/// For how long a session may be without a person before it counts as left behind: its sign-in was broken off.
const LEFT_BEHIND: &str = "interval '5 minutes'";

/// The sessions of a database.
#[derive(Clone, Debug)]
pub struct Sessions {
    pool: PgPool,
    idle: Duration,
    absolute: Duration,
}

impl Sessions {
    /// Sessions that end when they were not used for a time, and after another one in any case.
    pub fn new(pool: PgPool, idle: Duration, absolute: Duration) -> Sessions {
        Sessions { pool, idle, absolute }
    }

    /// After which time a session ends in any case.
    pub fn absolute(&self) -> Duration {
        self.absolute
    }

    /// Begins a session, for which nobody is signed in yet.
    ///
    /// # Errors
    /// A fault when PostgreSQL cannot answer.
    pub async fn begin(&self) -> Result<Secret, Fault> {
        let secret = Secret::random();
        let insert = sqlx::query("INSERT INTO sign_ins (visit) VALUES ($1)").bind(secret.hash());
        in_time(insert.execute(&self.pool)).await?;
        Ok(secret)
    }

    /// The session of a cookie, if it holds still.
    ///
    /// # Errors
    /// A fault when PostgreSQL cannot answer.
    pub async fn find(&self, secret: &Secret) -> Result<Option<Session>, Fault> {
        let text = format!(
            "SELECT visit, json::jsonb->>'person' AS person, seen < now() - {SEEN_EVERY} AS unseen \
             FROM sign_ins JOIN sessions ON sessions.key = sign_ins.visit \
             WHERE visit = $1 AND seen > now() - $2 AND created > now() - $3"
        );
        let visit = secret.hash();
        in_time(async {
            let query = sqlx::query(AssertSqlSafe(text)).bind(&visit);
            let query = query.bind(interval(self.idle)).bind(interval(self.absolute));
            let Some(row) = query.fetch_optional(&self.pool).await? else { return Ok(None) };
            if row.try_get("unseen")? {
                // Of several requests at once one writes it.
                let text = format!("UPDATE sign_ins SET seen = now() WHERE visit = $1 AND seen < now() - {SEEN_EVERY}");
                sqlx::query(AssertSqlSafe(text)).bind(&visit).execute(&self.pool).await?;
            }
            let person: Option<String> = row.try_get("person")?;
            Ok(Some(Session { visit: visit.clone(), person: person.unwrap_or_default() }))
        })
        .await
    }

    /// Ends a session, whoever is signed in.
    ///
    /// # Errors
    /// A fault when PostgreSQL cannot answer.
    pub async fn end(&self, secret: &Secret) -> Result<(), Fault> {
        let text = "WITH ended AS (DELETE FROM sign_ins WHERE visit = $1 RETURNING visit) \
                    DELETE FROM sessions WHERE key IN (SELECT visit FROM ended)";
        in_time(sqlx::query(text).bind(secret.hash()).execute(&self.pool)).await?;
        Ok(())
    }

    /// Deletes what is over: sessions and attempts to sign in. Several copies may do it at once.
    ///
    /// # Errors
    /// A fault when PostgreSQL cannot answer.
    pub async fn sweep(&self) -> Result<u64, Fault> {
        // In one statement, so that no record of who is signed in is left whose cookie nobody knows.
        let text = format!(
            "WITH ended AS (DELETE FROM sign_ins WHERE seen <= now() - $1 OR created <= now() - $2 \
               OR (created < now() - {LEFT_BEHIND} AND NOT EXISTS (SELECT FROM sessions WHERE key = visit)) \
               RETURNING visit), \
             gone AS (DELETE FROM sessions WHERE key IN (SELECT visit FROM ended)), \
             expired AS (DELETE FROM sign_in_attempts WHERE ends <= now()) \
             SELECT count(*) FROM ended"
        );
        let query = sqlx::query_scalar::<_, i64>(AssertSqlSafe(text));
        let query = query.bind(interval(self.idle)).bind(interval(self.absolute));
        let ended = in_time(query.fetch_one(&self.pool)).await?;
        Ok(u64::try_from(ended).unwrap_or_default())
    }
}

/// A time as PostgreSQL counts with it.
pub(crate) fn interval(time: Duration) -> PgInterval {
    let microseconds = i64::try_from(time.as_micros()).unwrap_or(i64::MAX);
    PgInterval { months: 0, days: 0, microseconds }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_256_bits_and_what_else_is_sent_is_none() {
        let secret = Secret::random();
        assert_eq!(secret.text().len(), 64);
        assert_ne!(secret.text(), Secret::random().text());
        assert_ne!(secret.text(), secret.hash());
        assert_eq!(Secret::sent(secret.text()).map(|sent| sent.hash()), Some(secret.hash()));
        for other in ["", "abc", &secret.text()[1..], &secret.text().to_uppercase().replace('1', "A"), &"g".repeat(64)]
        {
            assert!(Secret::sent(other).is_none(), "{other}");
        }
    }
}
