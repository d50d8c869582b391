//! The router: every endpoint of the contract, and what each asks of its caller.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::body::Bytes;
use axum::extract::Request;
use axum::routing::{MethodRouter, delete, get, post, put};
use contract::endpoints::{self, Endpoint, Method};
use contract::error::ApiError;
use rules::clock::Instant;
use rules::people::Right;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::access::Access;
use crate::acts::customers::{Rows, customer, customers, totals};
use crate::acts::demonstration::{reset, sign_in};
use crate::acts::drafts::{discard, draft, drafts, keep};
use crate::acts::look_ups::{look_up, site_name};
use crate::acts::session::{session, sign_out};
use crate::acts::trials::{preview, save};
use crate::call::{Answer, Call, Failure};
use crate::environment::{Deployment, Environment};
use crate::outage::Outages;
use crate::records::DEPLOYMENT;
use crate::seed;
use crate::serving::{respond, serve};
use crate::store::{Fault, Outcome, Store};

/// All that requests share.
pub(crate) struct Backend {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) environment: Arc<dyn Environment>,
    pub(crate) deployment: Deployment,
    pub(crate) rows: Rows,
    pub(crate) outages: Outages,
    prepared: AtomicBool,
}

/// The router of a deployment.
pub fn router(store: Arc<dyn Store>, environment: Arc<dyn Environment>, deployment: Deployment) -> Router {
    let backend = Backend {
        store,
        environment,
        rows: Rows::default(),
        outages: Outages::default(),
        prepared: AtomicBool::new(false),
        deployment,
    };
    mount(Arc::new(backend))
}

fn mount(backend: Arc<Backend>) -> Router {
    let routes = routes(backend.deployment.demonstration);
    let not_found = Failure::Api(ApiError::NotFound);
    let not_allowed = Failure::Api(ApiError::MethodNotAllowed);
    let mounted = routes.into_iter().fold(Router::new(), |router, route| {
        let (path, route) = (route.path, Arc::new(route));
        router.route(path, method(route, Arc::clone(&backend)))
    });
    let else_where = Arc::clone(&backend);
    mounted
        .method_not_allowed_fallback(move || async move { respond::<()>(&else_where, Err(not_allowed)) })
        .fallback(move || async move { respond::<()>(&backend, Err(not_found)) })
}

fn method(route: Arc<Route>, backend: Arc<Backend>) -> MethodRouter {
    let method = route.method;
    let handler = move |request: Request| serve(backend, route, request);
    match method {
        Method::Get => get(handler),
        Method::Post => post(handler),
        Method::Put => put(handler),
        Method::Delete => delete(handler),
    }
}

/// What is run for a route: it reads the body, acts, and writes the answer.
type Run = Box<dyn Fn(Call, Bytes) -> Running + Send + Sync>;
type Running = Pin<Box<dyn Future<Output = Result<Answer<()>, Failure>> + Send>>;

/// An endpoint as it is served.
pub(crate) struct Route {
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) access: Access,
    pub(crate) run: Run,
}

/// Ties an endpoint to the function that serves it; their types must agree.
fn route<Q, A, F>(endpoint: Endpoint<Q, A>, access: Access, run: fn(Call, Q) -> F) -> Route
where
    Q: DeserializeOwned + Send + 'static,
    A: Serialize + 'static,
    F: Future<Output = Result<Answer<A>, Failure>> + Send + 'static,
{
    let run = move |call: Call, body: Bytes| -> Running {
        Box::pin(async move {
            // Text first, as for records: a reader of bytes would be a second copy of
            // the code that reads a draft. No body reads as `null`, which is how `()`
            // is written.
            let text = std::str::from_utf8(&body).map_err(|_| ApiError::Malformed)?;
            let text = if text.is_empty() { "null" } else { text };
            let body = serde_json::from_str(text).map_err(|_| ApiError::Malformed)?;
            let answer = run(call, body).await?;
            Ok(Answer::written(answer.body, answer.version))
        })
    };
    Route { method: endpoint.method, path: endpoint.path, access, run: Box::new(run) }
}

/// Every endpoint with what it asks of its caller. Those of a demonstration are
/// not there at all on a server (G6).
pub(crate) fn routes(demonstration: bool) -> Vec<Route> {
    use Access::{Open, With};
    use Right::{SeeCustomers, StartTrial};
    let mut routes = vec![
        route(endpoints::SESSION, Open, session),
        route(endpoints::SIGN_OUT, Open, sign_out),
        route(endpoints::CUSTOMERS, With(SeeCustomers), customers),
        route(endpoints::CUSTOMERS_TOTALS, With(SeeCustomers), totals),
        route(endpoints::CUSTOMER, With(SeeCustomers), customer),
        route(endpoints::ORGANISATION_LOOK_UPS, With(StartTrial), look_up),
        route(endpoints::SITE_NAME, With(StartTrial), site_name),
        route(endpoints::TRIALS_PREVIEW, With(StartTrial), preview),
        route(endpoints::TRIALS, With(StartTrial), save),
        route(endpoints::DRAFTS, With(StartTrial), drafts),
        route(endpoints::DRAFT, With(StartTrial), draft),
        route(endpoints::DRAFT_KEEP, With(StartTrial), keep),
        route(endpoints::DRAFT_DISCARD, With(StartTrial), discard),
    ];
    if demonstration {
        routes.push(route(endpoints::SIGN_IN, Open, sign_in));
        routes.push(route(endpoints::RESET, Open, reset));
    }
    routes
}

/// Under which key a store notes which demonstration data it holds.
pub(crate) const DATA: &str = "demonstration-data";

impl Backend {
    /// Makes the demonstration data, if a demonstration has none yet or has data
    /// of an older build that this one cannot read. Data of a newer build stay as
    /// they are: an old worker may answer beside it for a while. It is done before
    /// the first request is looked at, so no request of a reader changes anything by it.
    pub(crate) async fn prepare(&self, now: Instant) -> Result<(), Fault> {
        if !self.deployment.demonstration || self.prepared.load(Ordering::Relaxed) {
            return Ok(());
        }
        let found = DEPLOYMENT.get(self.store.as_ref(), DATA).await?;
        if found.as_ref().is_none_or(|data| data.value < seed::FORMAT) {
            let mut commit = seed::commit(now, &self.deployment.address);
            commit.expect(&DEPLOYMENT, DATA, found.map(|data| data.version));
            match self.store.commit(commit).await? {
                // On a conflict another instance has made them in the meantime.
                Outcome::Stored | Outcome::Conflict | Outcome::Repeated(_) => {}
            }
        }
        self.outages.load(self.store.as_ref()).await?;
        self.prepared.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Looks for the demonstration data anew: the reader may have cleared the
    /// site's data under an open page, which leaves nobody signed in.
    pub(crate) async fn prepare_again(&self, now: Instant) -> Result<(), Fault> {
        self.prepared.store(false, Ordering::Relaxed);
        self.prepare(now).await
    }
}
