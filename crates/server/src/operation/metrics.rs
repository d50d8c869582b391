//! Figures for Prometheus.
//!
//! What is counted while it happens is of this copy alone; what is asked of the database at the moment of
//! asking is the same from every copy.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use sqlx::PgPool;

use crate::store::{self, Waiting};

/// Upper ends of the histogram's buckets, in seconds: pages take 5 to 25 ms, acts some times as much, and
/// 25 s is where the store gives up.
const SECONDS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 25.0];

/// For how long PostgreSQL is waited for. Prometheus gives up after ten seconds.
const PATIENCE: Duration = Duration::from_secs(5);

/// What tells requests apart.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct RequestLabels {
    /// The method.
    pub method: &'static str,
    /// The template of the route.
    pub route: String,
    /// The status of the answer.
    pub status: u16,
}

/// What became of a mail.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct MailLabels {
    outcome: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct ConnectionLabels {
    state: &'static str,
}

type Figure = Gauge<f64, AtomicU64>;

/// All figures.
pub struct Metrics {
    registry: Registry,
    pool: PgPool,
    plays_now: Arc<AtomicBool>,
    requests: Family<RequestLabels, Histogram>,
    under_way: Gauge,
    mails: Family<MailLabels, Counter>,
    connections: Family<ConnectionLabels, Gauge>,
    plays: Gauge,
    database_up: Gauge,
    outbox: Figure,
    outbox_oldest: Figure,
    due_lag: Figure,
}

/// A request that is under way; it is answered with the end of this value, however it ends.
pub struct UnderWay(Gauge);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    /// Figures of a copy that uses these connections; `plays` says whether it plays what time brings.
    pub fn new(pool: PgPool, connections_max: u32, plays: Arc<AtomicBool>) -> Metrics {
        let mut metrics = Metrics {
            registry: Registry::with_prefix("proef"),
            pool,
            plays_now: plays,
            requests: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            under_way: Gauge::default(),
            mails: Family::default(),
            connections: Family::default(),
            plays: Gauge::default(),
            database_up: Gauge::default(),
            outbox: Figure::default(),
            outbox_oldest: Figure::default(),
            due_lag: Figure::default(),
        };
        let most: Gauge = Gauge::default();
        most.set(i64::from(connections_max));
        let registry = &mut metrics.registry;
        let seconds = "How long requests took, in seconds, by route, method and status";
        registry.register("request_duration_seconds", seconds, metrics.requests.clone());
        registry.register("requests_under_way", "Requests that are being answered", metrics.under_way.clone());
        registry.register("mails", "Mails that were tried, by what became of them", metrics.mails.clone());
        let connections = "Connections to PostgreSQL that requests use, by whether one is used";
        registry.register("database_connections", connections, metrics.connections.clone());
        registry.register("database_connections_max", "Most of these connections", most);
        registry.register("plays", "Whether this copy plays what time brings", metrics.plays.clone());
        registry.register("database_up", "Whether PostgreSQL answers", metrics.database_up.clone());
        registry.register("outbox_mails", "Mails that wait to be handed over", metrics.outbox.clone());
        let oldest = "Seconds since the oldest of them was written";
        registry.register("outbox_oldest_seconds", oldest, metrics.outbox_oldest.clone());
        let lag = "Seconds by which the earliest thing that is due is late";
        registry.register("due_lag_seconds", lag, metrics.due_lag.clone());
        metrics
    }

    /// Counts a request that begins.
    pub fn begins(&self) -> UnderWay {
        self.under_way.inc();
        UnderWay(self.under_way.clone())
    }

    /// Counts a request that was answered.
    pub fn answered(&self, labels: RequestLabels, taken: Duration) {
        self.requests.get_or_create(&labels).observe(taken.as_secs_f64());
    }

    /// A counter of mails by what became of them.
    pub fn mails(&self) -> MailCounter {
        MailCounter(self.mails.clone())
    }

    /// All figures, as Prometheus reads them.
    ///
    /// # Errors
    /// When they cannot be written, which is a mistake of the program.
    pub async fn text(&self) -> Result<String, fmt::Error> {
        let idle = u32::try_from(self.pool.num_idle()).unwrap_or(u32::MAX);
        let used = self.pool.size().saturating_sub(idle);
        for (state, number) in [("idle", idle), ("used", used)] {
            self.connections.get_or_create(&ConnectionLabels { state }).set(i64::from(number));
        }
        self.plays.set(i64::from(self.plays_now.load(Ordering::Relaxed)));
        let asked = tokio::time::timeout(PATIENCE, store::waiting(&self.pool)).await;
        let found = asked.ok().and_then(Result::ok);
        self.database_up.set(i64::from(found.is_some()));
        // A figure that is not known is no number, rather than the last one that was.
        let unknown = Waiting { mails: f64::NAN, oldest_seconds: f64::NAN, due_lag_seconds: f64::NAN };
        let Waiting { mails, oldest_seconds, due_lag_seconds } = found.unwrap_or(unknown);
        self.outbox.set(mails);
        self.outbox_oldest.set(oldest_seconds);
        self.due_lag.set(due_lag_seconds);
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// Counts mails.
#[derive(Clone, Debug)]
pub struct MailCounter(Family<MailLabels, Counter>);

impl MailCounter {
    /// Counts one by what became of it.
    pub fn count(&self, outcome: &Result<(), backend::NotHandedOver>) {
        use backend::NotHandedOver::{Away, Later, Refused};
        let outcome = match outcome {
            Ok(()) => "sent",
            Err(Refused(_)) => "bounced",
            Err(Later(_)) => "later",
            Err(Away(_)) => "away",
        };
        self.0.get_or_create(&MailLabels { outcome }).inc();
    }
}
