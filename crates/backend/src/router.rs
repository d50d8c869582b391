//! The router: every endpoint of the contract, and what each asks of its caller.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::Response;
use axum::routing::{MethodRouter, delete, get, post, put};
use contract::endpoints::{self, Endpoint, Method};
use contract::error::ApiError;
use rules::clock::Instant;
use rules::people::Right;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::access::Access;
use crate::acts::{
    csv, customers, demonstration, drafts, hub, inventory, journal, look_ups, mailbox, mails, people_file, receipts,
    requests, session, set_up, shipments, trial_acts, trials, views,
};
use crate::call::{Answer, Call, Failure};
use crate::consent::Signer;
use crate::due;
use crate::environment::{Deployment, Environment};
use crate::ledger;
use crate::outage::Outages;
use crate::records::DEPLOYMENT;
use crate::seed;
use crate::serving::{respond, serve};
use crate::store::{Commit, Fault, Outcome, Store};

/// A backend: all that requests share.
pub struct Backend {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) environment: Arc<dyn Environment>,
    pub(crate) deployment: Deployment,
    pub(crate) rows: customers::Rows,
    pub(crate) outages: Outages,
    prepared: AtomicBool,
}

impl Backend {
    /// A backend over a store.
    pub fn new(store: Arc<dyn Store>, environment: Arc<dyn Environment>, deployment: Deployment) -> Arc<Backend> {
        Arc::new(Backend {
            store,
            environment,
            rows: customers::Rows::default(),
            outages: Outages::default(),
            prepared: AtomicBool::new(false),
            deployment,
        })
    }

    /// Its router.
    pub fn router(self: &Arc<Backend>) -> Router {
        mount(Arc::clone(self))
    }

    /// What is answered to a request that whoever runs the backend refuses before it gets here: the same
    /// document, with the same headers, as the backend's own refusals.
    pub fn problem(&self, error: ApiError) -> Response<Body> {
        respond::<()>(self, Err(Failure::Api(error)))
    }

    /// Plays what time alone has brought until now, and hands over the mails that wait
    /// (L13). Whoever runs the backend calls it now and then; as often as one likes, by
    /// several at once.
    ///
    /// # Errors
    /// A fault when the store cannot answer. What was not played is played the next time.
    pub async fn play(&self) -> Result<(), Fault> {
        match self.untroubled().await? {
            Some(moment) => due::play(self, moment).await,
            None => Ok(()),
        }
    }

    /// Plays what time alone has brought until now, as [`Backend::play`] does, and leaves the mails to
    /// whoever calls [`Backend::hand_over`]: a mail server may take long, and what is due must not wait.
    ///
    /// # Errors
    /// A fault when the store cannot answer. What was not played is played the next time.
    pub async fn pass_time(&self) -> Result<(), Fault> {
        match self.untroubled().await? {
            Some(moment) => due::pass(self, moment).await,
            None => Ok(()),
        }
    }

    /// Hands over the mails that wait. `goes_on` is asked before each: an instance that is to stop says no,
    /// and whatever it had claimed is given back. The future must not be dropped before it is over: a mail
    /// that was handed over and is not noted goes again when its claim has run out.
    ///
    /// # Errors
    /// A fault when the store cannot answer. What was not handed over is tried the next time.
    pub async fn hand_over(&self, goes_on: &(dyn Fn() -> bool + Send + Sync)) -> Result<(), Fault> {
        match self.untroubled().await? {
            Some(moment) => ledger::hand_over(self, moment, goes_on).await,
            None => Ok(()),
        }
    }

    /// The present moment, unless a demonstration plays that the backend is down.
    async fn untroubled(&self) -> Result<Option<Moment>, Fault> {
        self.prepare().await?;
        let moment = self.moment().await?;
        Ok(self.outages.check(moment.now).is_ok().then_some(moment))
    }

    /// The present moment: the environment's, and in a demonstration so many days later
    /// as the clock was set forward (G6). Everything is dated in whole milliseconds, as it
    /// is in the keys of what is due.
    pub(crate) async fn moment(&self) -> Result<Moment, Fault> {
        let real = self.environment.now();
        let real = Instant::from_timestamp_millis(real.timestamp_millis()).unwrap_or(real);
        if !self.deployment.demonstration {
            return Ok(Moment { now: real, set: None });
        }
        let found = DEPLOYMENT.get(self.store.as_ref(), DAYS_AHEAD).await?;
        let ahead = found.as_ref().map_or(0, |found| found.value);
        let ahead = chrono::TimeDelta::days(i64::try_from(ahead).unwrap_or_default());
        Ok(Moment { now: real + ahead, set: Some(found.map(|found| found.version)) })
    }

    /// By how many days the clock of a demonstration was set forward.
    pub(crate) async fn days_ahead(&self) -> Result<u32, Fault> {
        if !self.deployment.demonstration {
            return Ok(0);
        }
        let found = DEPLOYMENT.get(self.store.as_ref(), DAYS_AHEAD).await?;
        Ok(found.map_or(0, |found| u32::try_from(found.value).unwrap_or_default()))
    }
}

/// A moment of the backend's clock, with how the clock of a demonstration stood then:
/// what is played while somebody sets it back to today must not reach the fresh data (G6).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    pub(crate) now: Instant,
    /// The version of the note by how many days it was set forward; `None` on a server.
    set: Option<Option<u64>>,
}

impl Moment {
    /// Another instant of the same clock.
    pub(crate) fn at(self, now: Instant) -> Moment {
        Moment { now, ..self }
    }

    /// Lets a commit expect that the clock stands as it did.
    pub(crate) fn hold(self, commit: &mut Commit) {
        if let Some(version) = self.set {
            commit.expect(&DEPLOYMENT, DAYS_AHEAD, version);
        }
    }

    /// Whether the clock stands as it did.
    pub(crate) async fn holds(self, backend: &Backend) -> Result<bool, Fault> {
        Ok(self.set.is_none() || backend.moment().await?.set == self.set)
    }
}

/// Under which key it is noted by how many days the clock was set forward.
pub(crate) const DAYS_AHEAD: &str = "days-ahead";

/// The router of a backend over a store.
pub fn router(store: Arc<dyn Store>, environment: Arc<dyn Environment>, deployment: Deployment) -> Router {
    Backend::new(store, environment, deployment).router()
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
    /// Largest body of a request, in bytes.
    pub(crate) body_max: usize,
    pub(crate) run: Run,
}

/// Largest body of a request. A draft with every field filled in to its limit takes less than a
/// tenth of it.
const BODY_MAX: usize = 64 * 1024;

/// The same where a file with people stands in it, each character of which may be written with two (U2).
const FILE_BODY_MAX: usize = 2 * rules::set_up::file::FILE_MAX + 1024;

impl Route {
    /// The route, reading a file.
    fn with_file(self) -> Route {
        Route { body_max: FILE_BODY_MAX, ..self }
    }
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
            Ok(answer.untyped())
        })
    };
    Route { method: endpoint.method, path: endpoint.path, access, body_max: BODY_MAX, run: Box::new(run) }
}

/// Every endpoint with what it asks of its caller. Those of a demonstration are
/// not there at all on a server (G6).
pub(crate) fn routes(demonstration: bool) -> Vec<Route> {
    use Access::{OneOf, Open, With};
    use Right::{
        Assign, DecideForCustomer, DecideShipments, Download, ManageTrials, SeeCustomers, SeeHub, SeeRequests,
        ShareViews, StartTrial,
    };
    let mut routes = vec![
        route(endpoints::SESSION, Open, session::session),
        route(endpoints::SIGN_OUT, Open, session::sign_out),
        route(endpoints::SIGN_OUT_EVERYWHERE, Open, session::sign_out_everywhere),
        route(endpoints::CUSTOMERS, With(SeeCustomers), customers::customers),
        route(endpoints::CUSTOMERS_CSV, With(Download), csv::customers_csv),
        route(endpoints::CUSTOMERS_TOTALS, With(SeeCustomers), customers::totals),
        route(endpoints::ATTENTION, With(SeeCustomers), customers::attention),
        route(endpoints::CUSTOMER, With(SeeCustomers), customers::customer),
        route(endpoints::ASSIGNMENT, With(Assign), customers::assign),
        route(endpoints::SALES_PEOPLE, With(SeeCustomers), views::sales_people),
        route(endpoints::VIEWS, With(SeeCustomers), views::views),
        route(endpoints::VIEWS_OWN, With(SeeCustomers), views::keep_own),
        route(endpoints::VIEWS_PARTNER, With(ShareViews), views::keep_partners),
        route(endpoints::HANDED_OVER, With(ManageTrials), trial_acts::handed_over),
        route(endpoints::ELIGIBILITY, With(StartTrial), look_ups::eligible),
        route(endpoints::ORGANISATION_LOOK_UPS, With(StartTrial), look_ups::look_up),
        route(endpoints::SITE_NAME, OneOf(&[StartTrial, SeeHub]), look_ups::site_name),
        route(endpoints::TRIALS_PREVIEW, With(StartTrial), trials::preview),
        route(endpoints::TRIALS, With(StartTrial), trials::save),
        route(endpoints::TRIAL, OneOf(&[SeeCustomers, SeeHub]), trial_acts::trial),
        route(endpoints::ACT_PREVIEW, OneOf(&[ManageTrials, SeeHub]), trial_acts::preview),
        route(endpoints::ACT, OneOf(&[ManageTrials, SeeHub]), trial_acts::act),
        route(endpoints::INVENTORY, OneOf(&[SeeCustomers, SeeHub]), inventory::inventory),
        route(endpoints::INVENTORY_CSV, OneOf(&[Download, SeeHub]), inventory::inventory_csv),
        route(endpoints::SET_UP, OneOf(&[SeeCustomers, SeeHub]), set_up::set_up),
        route(endpoints::SET_UP_KEEP, OneOf(&[ManageTrials, SeeHub]), set_up::keep),
        route(endpoints::SET_UP_PEOPLE_PREVIEW, OneOf(&[ManageTrials, SeeHub]), people_file::set_up_preview)
            .with_file(),
        route(endpoints::SET_UP_PEOPLE, OneOf(&[ManageTrials, SeeHub]), people_file::set_up_take).with_file(),
        route(endpoints::SET_UP_PREVIEW, OneOf(&[ManageTrials, SeeHub]), set_up::preview),
        route(endpoints::SET_UP_FINISH, OneOf(&[ManageTrials, SeeHub]), set_up::finish),
        route(endpoints::DRAFTS, With(StartTrial), drafts::drafts),
        route(endpoints::DRAFT, With(StartTrial), drafts::draft),
        route(endpoints::DRAFT_KEEP, With(StartTrial), drafts::keep),
        route(endpoints::DRAFT_DISCARD, With(StartTrial), drafts::discard),
        route(endpoints::REQUESTS, With(SeeRequests), requests::requests),
        route(endpoints::REQUEST, With(SeeRequests), requests::request),
        route(endpoints::REQUEST_PLAIN, With(SeeRequests), requests::plain),
        route(endpoints::REQUEST_OPEN, With(SeeRequests), requests::open),
        route(endpoints::ANSWER_PREVIEW, With(DecideForCustomer), requests::preview),
        route(endpoints::ANSWER, With(DecideForCustomer), requests::answer),
        route(endpoints::RESEND, With(ManageTrials), requests::resend),
        route(endpoints::RECEIPT, OneOf(&[Download, SeeHub]), receipts::receipt),
        route(endpoints::RECEIPT_CHECK, OneOf(&[SeeCustomers, SeeRequests]), receipts::check),
        route(endpoints::HUB, OneOf(&[SeeHub, SeeCustomers]), hub::hub),
        route(endpoints::HUB_PARTNERS_PREVIEW, With(DecideForCustomer), hub::partners_preview),
        route(endpoints::HUB_PARTNERS, With(DecideForCustomer), hub::partners),
        route(endpoints::HUB_UNBLOCK, With(DecideForCustomer), hub::unblock),
        route(endpoints::HUB_PEOPLE, OneOf(&[SeeHub, SeeCustomers]), hub::people),
        route(endpoints::HUB_PEOPLE_FILE_PREVIEW, OneOf(&[DecideForCustomer, ManageTrials]), people_file::hub_preview)
            .with_file(),
        route(endpoints::HUB_PEOPLE_FILE, OneOf(&[DecideForCustomer, ManageTrials]), people_file::hub_take).with_file(),
        route(endpoints::HUB_PERSON_ADD, OneOf(&[DecideForCustomer, ManageTrials]), hub::add_person),
        route(endpoints::HUB_PERSON_CHANGE, OneOf(&[DecideForCustomer, ManageTrials]), hub::change_person),
        route(endpoints::HUB_PERSON_REMOVE, OneOf(&[DecideForCustomer, ManageTrials]), hub::remove_person),
        route(endpoints::HUB_SETTINGS, OneOf(&[DecideForCustomer, ManageTrials]), hub::settings),
        route(endpoints::SHIPMENT, OneOf(&[SeeCustomers, SeeHub, DecideShipments]), shipments::shipment),
        route(endpoints::SHIPMENT_PREVIEW, OneOf(&[ManageTrials, SeeHub, DecideShipments]), shipments::preview),
        route(endpoints::SHIPMENT_ACT, OneOf(&[ManageTrials, SeeHub, DecideShipments]), shipments::act),
        route(endpoints::DEVICES_QUEUE, With(DecideShipments), shipments::queue),
        route(endpoints::JOURNAL, OneOf(&[SeeCustomers, SeeHub]), journal::journal),
        route(endpoints::JOURNAL_CSV, OneOf(&[Download, SeeHub]), journal::journal_csv),
        route(endpoints::MAILS, OneOf(&[SeeCustomers, SeeHub]), mails::mails),
        route(endpoints::MAIL, OneOf(&[SeeCustomers, SeeHub]), mails::mail),
        route(endpoints::REHEARSALS, With(SeeCustomers), journal::rehearse),
    ];
    if demonstration {
        routes.push(route(endpoints::SIGN_IN, Open, demonstration::sign_in));
        routes.push(route(endpoints::MAILBOX, Open, mailbox::mailbox));
        routes.push(route(endpoints::MAILBOX_MAIL, Open, mailbox::mail));
        routes.push(route(endpoints::MAILBOX_OPEN, Open, mailbox::open));
        routes.push(route(endpoints::CLOCK, Open, demonstration::clock));
        routes.push(route(endpoints::CLOCK_SET, Open, demonstration::set_clock));
        routes.push(route(endpoints::RESET, Open, demonstration::reset));
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
    pub(crate) async fn prepare(&self) -> Result<(), Fault> {
        if !self.deployment.demonstration || self.prepared.load(Ordering::Relaxed) {
            return Ok(());
        }
        let found = DEPLOYMENT.get(self.store.as_ref(), DATA).await?;
        if found.as_ref().is_none_or(|data| data.value < seed::FORMAT) {
            let environment = self.environment.as_ref();
            let signer = Signer::of(self.store.as_ref(), environment).await?;
            let mut commit = seed::commit(self.environment.now(), &self.deployment, environment, &signer);
            signer.expect(&mut commit);
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
    pub(crate) async fn prepare_again(&self) -> Result<(), Fault> {
        self.prepared.store(false, Ordering::Relaxed);
        self.prepare().await
    }
}
