//! A customer's page: what is known, the trial's life, what happens next and what
//! is left to do.

mod acts;
mod cancel;
mod details;
mod grace;
mod journal;
mod life;
mod people;
mod provisioning;
mod receipt;
mod request;
mod resend;
mod services_now;
mod trial;

use contract::customers::CustomerDetail;
use leptos::prelude::*;
use rules::ids::OrganisationId;
use rules::people::Right;
use rules::trial::Status;
use rules::verdict::{Because, Refusal, Remedy, RuleId, Verdict};
use words::{Language, adding, customer, label, terms};

use self::details::{Details, Mails};
use self::journal::Journal;
use self::people::People;
use self::request::{Asked, RequestSection, is_request};
use self::services_now::ServicesNow;
use self::trial::TrialSection;
use crate::api::{self, Failure};
use crate::heading::PageHeading;
use crate::reader::language;
use crate::route::Route;
use crate::session::{may, session};
use crate::status::StatusPill;
use crate::ui::{Button, ButtonKind, ButtonLink, EmptyState};
use crate::waiting::loaded;

/// The page of a customer.
#[component]
pub fn CustomerPage(
    /// The customer's organisation.
    id: OrganisationId,
) -> impl IntoView {
    let language = language();
    let ask = move || {
        let id = id.clone();
        async move { api::customer_view(&id).await }
    };
    let gone = move |failure: &Failure| {
        failure.is_not_found().then(|| {
            view! {
                <div class="page-head"><PageHeading title=customer::gone_title(language) /></div>
                <EmptyState title=customer::gone_title(language) text=customer::gone(language)>
                    <ButtonLink kind=ButtonKind::Primary href=Route::customers().path()>{customer::to_customers(language)}</ButtonLink>
                </EmptyState>
            }
            .into_any()
        })
    };
    loaded(customer::loading(language), ask, gone, move |detail: CustomerDetail, reload| {
        view! { <Customer detail=detail language=language reload=reload /> }.into_any()
    })
}

#[component]
fn Customer(detail: CustomerDetail, language: Language, reload: Callback<()>) -> impl IntoView {
    let today = detail.today;
    let domain = session().settings.site_domain;
    let trials = detail
        .trials
        .iter()
        .enumerate()
        .map(|(place, each)| {
            if is_request(&each.trial) {
                // Once it is over it is asked when the next one can be sent; of several, of the one in front.
                let over = matches!(each.status, Status::Declined | Status::Lapsed | Status::Cancelled);
                let asked = Asked {
                    today,
                    now: detail.now,
                    company: detail.company.clone(),
                    may_ask: Some(detail.may_ask).filter(|_| over && place == 0),
                };
                return view! { <RequestSection detail=each.clone() asked=asked language=language reload=reload /> }
                    .into_any();
            }
            let customer = detail.clone();
            view! {
                <TrialSection
                    detail=each.clone()
                    customer=customer
                    language=language
                    domain=domain.clone()
                    reload=reload
                />
            }
            .into_any()
        })
        .collect_view();
    let empty = detail.trials.is_empty().then(|| {
        let owned = label::services(language, detail.purchased.iter().copied());
        let text = if !owned.is_empty() {
            customer::owns(language, owned)
        } else if may(Right::StartTrial).is_allowed() {
            format!("{} {}", customer::owns_nothing(language), customer::start_one(language))
        } else {
            // Who may not start a trial is not told to (P3).
            customer::owns_nothing(language).to_owned()
        };
        view! { <section class="panel card"><p>{text}</p></section> }
    });
    view! {
        <div class="page-head">
            <div class="customer-title">
                <PageHeading title=detail.company.clone() />
                <StatusPill status=detail.status />
            </div>
            <div class="page-actions">
                {view_customer(language, &detail)}
                <ButtonLink href=Route::customers().path()>{customer::to_customers(language)}</ButtonLink>
            </div>
        </div>
        <div class="customer-columns">
            <div class="stack">
                <ServicesNow detail=detail.clone() language=language />
                {beside(language, &detail)}
                {trials} {empty}
                <Journal customer=detail.id.clone() language=language />
            </div>
            <div class="stack">
                <Details detail=detail.clone() language=language />
                <People detail=detail.clone() language=language reload=reload />
                <Mails customer=detail.id mails=detail.mails language=language />
            </div>
        </div>
    }
}

/// *Add* beside *Trials*: with provisioning access it leads to a request (A1, X3).
fn beside(language: Language, detail: &CustomerDetail) -> impl IntoView + use<> {
    let blocked = match (detail.may_add, detail.may_ask) {
        (Verdict::Allowed, _) => None,
        (Verdict::Blocked(refusal), Verdict::Allowed) if refusal.remedy == Remedy::SendRequest => None,
        (Verdict::Blocked(refusal), Verdict::Blocked(asking)) if refusal.remedy == Remedy::SendRequest => Some(asking),
        (Verdict::Blocked(refusal), _) => Some(refusal),
    };
    let known = detail.organisation.is_some();
    // Why *Add* leads to a request, where it does: the partner has too little access, or none.
    let asks = match detail.may_add {
        Verdict::Blocked(refusal) if blocked.is_none() && refusal.because == Because::NoAccess => {
            Some(adding::asks_without_access(language))
        }
        Verdict::Blocked(_) if blocked.is_none() => Some(adding::asks(language)),
        _ => None,
    };
    let add = match blocked {
        None => {
            let href = Route::AddTrial(detail.id.clone()).path();
            view! { <ButtonLink href=href>{terms::add(language)}</ButtonLink> }.into_any()
        }
        Some(refusal) => {
            let because = Some(label::refusal(language, &refusal));
            view! { <Button disabled_because=Signal::stored(because) on_click=|_| {}>{terms::add(language)}</Button> }
                .into_any()
        }
    };
    // While a request waits nothing of the organisation is known, and nothing can be added (Q11).
    known.then(|| {
        view! {
            <div class="trials-head">
                <h2>{adding::beside(language)}</h2>
                <div class="request-actions">{add}</div>
                {asks.map(|asks| view! { <p class="hint">{asks}</p> })}
            </div>
        }
    })
}

/// **View customer**: the customer's hub, for a partner with access; without one the reason (Q10, P7).
fn view_customer(language: Language, detail: &CustomerDetail) -> AnyView {
    let known = detail.organisation.as_ref();
    match known.and_then(|organisation| organisation.access) {
        Some(_) => {
            let path = Route::ViewCustomer(detail.id.clone(), None).path();
            view! { <ButtonLink href=path>{terms::view_customer(language)}</ButtonLink> }.into_any()
        }
        None => {
            // Of an organisation that has closed there is nobody left to be asked (L3).
            let refusal = match known.and_then(|organisation| organisation.closed) {
                Some(_) => Refusal::new(RuleId::L3, Because::OrganisationClosed, Remedy::StartNewTrial),
                None => Refusal::new(RuleId::H3, Because::NoAccess, Remedy::AskFullAdministrator),
            };
            let because = Signal::stored(Some(label::refusal(language, &refusal)));
            view! {
                <Button disabled_because=because on_click=|_| {}>
                    {terms::view_customer(language)}
                </Button>
            }
            .into_any()
        }
    }
}
