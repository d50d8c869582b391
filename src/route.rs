//! The pages and their addresses: the only place that knows a path. Parsing and
//! printing stand side by side, so that every printed address is read back as the
//! same page (Q3).

use std::collections::BTreeSet;

use contract::customers::{NOBODY, filter_text};
use contract::endpoints::encode;
use contract::sign_in::{BECAUSE, Because, PAGE, THEN};
use rules::customers::{Column, DevicesDue, InCharge, Query};
use rules::draft::Step;
use rules::ids::{DraftId, OrganisationId, PersonId, TrialId};
use rules::region::Region;
use rules::service::Service;
use rules::set_up::SetUpStep;
use rules::trial::Status;

mod activity;

use self::activity::{ACTIVITY, dotted_id, dotted_place};
pub use self::activity::{Activity, ActivityPart, JournalFilter, MailsFilter, Rehearsing};

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Signing in: who one wants to be (G6), or the way to the identity provider.
    SignIn {
        /// Where to go afterwards.
        then: Option<Box<Route>>,
        /// Why signing in at a server did not go well.
        because: Option<Because>,
    },
    /// The Customers tab with its search and filter (Q2, Q3).
    Customers(Query),
    /// A customer's page (Q8).
    Customer(OrganisationId),
    /// Something that is done with a trial of a customer (E, C).
    Trial {
        /// The customer.
        customer: OrganisationId,
        /// The trial.
        trial: TrialId,
        /// What is done.
        page: TrialPage,
    },
    /// A trial is added to a customer (A).
    AddTrial(OrganisationId),
    /// The trials that were handed over to the reader's partner (C2).
    HandedOver,
    /// One of them, to be converted (C3).
    ConvertHandedOver(TrialId),
    /// The beginning of the wizard: a new draft, or one of the open ones (N18).
    StartTrial,
    /// A step of the wizard for a draft.
    Wizard {
        /// The draft.
        draft: DraftId,
        /// The step.
        step: Step,
    },
    /// A step of the set-up of a trial, for both sides (U). Mails lead there.
    SetUp {
        /// The trial.
        trial: TrialId,
        /// The step.
        step: SetUpStep,
    },
    /// The hub of the reader's own organisation (H1).
    Hub,
    /// The partners with access to it (H3).
    HubPartners,
    /// Another part of it.
    HubIn(HubPart),
    /// The hub of a customer, which a partner views (Q10): its overview, or a part of it.
    ViewCustomer(OrganisationId, Option<HubPart>),
    /// A request to it (X6).
    Request(TrialId),
    /// The request of a mail's link; the link's secret is no part of an address here (X7).
    OpenRequest,
    /// What was done and mailed, and what time will bring (L8, L10, L14).
    Activity(Activity),
    /// The receipt of a request's answer (X16).
    Receipt(TrialId),
    /// Where the file of a receipt is checked (X16).
    CheckReceipt,
    /// What the trials team has to do (P6).
    Shipments,
    /// One shipment, by its id (D).
    Shipment(String),
    /// Every mail of the demonstration (G6).
    Mailbox,
    /// One of them.
    Mail(String),
    /// No page has this address.
    NotFound,
}

/// What is done with a trial on a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrialPage {
    /// Its end is moved (E1).
    Extend,
    /// Its services, options and licences are changed (E4, E5).
    Edit,
    /// It becomes a paid order (C3).
    Convert,
}

/// A part of a hub, of the own organisation or of a customer (Q10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HubPart {
    /// What is owned and tried (H2).
    Subscriptions,
    /// What will be lost with a trial, and when (L9).
    Lost(TrialId),
    /// The devices on loan (H6).
    Devices,
    /// The people, with the search text (H5).
    People(String),
    /// The settings of the organisation (H7).
    Settings,
}

impl HubPart {
    fn parse(segments: &[&str], search: &str) -> Option<HubPart> {
        match segments {
            [SUBSCRIPTIONS] => Some(HubPart::Subscriptions),
            [SUBSCRIPTIONS, trial] => Some(HubPart::Lost((*trial).into())),
            [DEVICES] => Some(HubPart::Devices),
            [PEOPLE] => Some(HubPart::People(part(search, SEARCH).unwrap_or_default().trim().to_owned())),
            [SETTINGS] => Some(HubPart::Settings),
            _ => None,
        }
    }

    fn path(&self) -> String {
        match self {
            HubPart::Subscriptions => format!("/{SUBSCRIPTIONS}"),
            HubPart::Lost(trial) => format!("/{SUBSCRIPTIONS}/{}", encode(trial.as_str())),
            HubPart::Devices => format!("/{DEVICES}"),
            HubPart::People(search) if search.is_empty() => format!("/{PEOPLE}"),
            HubPart::People(search) => format!("/{PEOPLE}?{SEARCH}={}", encode(search)),
            HubPart::Settings => format!("/{SETTINGS}"),
        }
    }

    /// The part without what may change while it is open: the search among the people.
    fn page(&self) -> HubPart {
        match self {
            HubPart::People(_) => HubPart::People(String::new()),
            part => part.clone(),
        }
    }
}

const SIGN_IN: &str = "sign-in";
const CUSTOMERS: &str = "customers";
const TRIALS: &str = "trials";
const EXTEND: &str = "extend";
const EDIT: &str = "edit";
const CONVERT: &str = "convert";
const ADD_TRIAL: &str = "add-trial";
const HANDED_OVER: &str = "handed-over";
const START_TRIAL: &str = "start-trial";
const SET_UP: &str = "set-up";
const HUB: &str = "hub";
const PARTNERS: &str = "partners";
const SUBSCRIPTIONS: &str = "subscriptions";
const DEVICES: &str = "devices";
const PEOPLE: &str = "people";
const SETTINGS: &str = "settings";
const REQUEST: &str = "request";
const REQUESTS: &str = "requests";
const RECEIPTS: &str = "receipts";
const CHECK: &str = "check";
const SHIPMENTS: &str = "shipments";
const MAILBOX: &str = "mailbox";

/// Name of the address's part that holds a search text (Q2, H5).
const SEARCH: &str = "q";

impl Route {
    /// The sign-in page by itself.
    pub fn sign_in() -> Route {
        Route::SignIn { then: None, because: None }
    }

    /// The Customers tab as it opens: nothing searched, nothing filtered.
    pub fn customers() -> Route {
        Route::Customers(Query::default())
    }

    /// *Activity* as it opens: the whole journal.
    pub fn activity() -> Route {
        Route::Activity(ActivityPart::Journal.whole())
    }

    /// The page without what may change while it is open: the search of the Customers
    /// tab, and where to go after signing in.
    pub fn page(&self) -> Route {
        match self {
            Route::Customers(_) => Route::customers(),
            Route::SignIn { .. } => Route::sign_in(),
            Route::HubIn(part) => Route::HubIn(part.page()),
            Route::Activity(part) => Route::Activity(part.page()),
            Route::ViewCustomer(customer, Some(part)) => Route::ViewCustomer(customer.clone(), Some(part.page())),
            page => page.clone(),
        }
    }

    /// Whether the page is reached from one that stands in the rail, and belongs to it.
    pub fn lies_behind(&self, place: &Route) -> bool {
        match self {
            Route::Customer(_)
            | Route::ViewCustomer(..)
            | Route::Trial { .. }
            | Route::AddTrial(_)
            | Route::StartTrial
            | Route::Wizard { .. } => *place == Route::customers(),
            // Of the two only one stands in a rail.
            Route::SetUp { .. } => *place == Route::customers() || *place == Route::HubIn(HubPart::Subscriptions),
            Route::ConvertHandedOver(_) => *place == Route::HandedOver,
            Route::HubIn(HubPart::Lost(_)) => *place == Route::HubIn(HubPart::Subscriptions),
            Route::Request(_) | Route::OpenRequest | Route::Receipt(_) | Route::CheckReceipt => *place == Route::Hub,
            Route::Shipment(_) => *place == Route::Shipments,
            Route::Mail(_) => *place == Route::Mailbox,
            Route::Activity(activity) => activity.part != ActivityPart::Journal && *place == Route::activity(),
            _ => false,
        }
    }

    /// Whether another page has the same title: the steps for one draft do, and those for one trial.
    pub fn has_title_of(&self, other: &Route) -> bool {
        match (self, other) {
            (Route::Wizard { draft, .. }, Route::Wizard { draft: of, .. }) => draft == of,
            (Route::SetUp { trial, .. }, Route::SetUp { trial: of, .. }) => trial == of,
            _ => self.page() == other.page(),
        }
    }

    /// The page of an address: `path` begins with a slash, `search` is what
    /// follows the question mark, without it. What the address says and no page
    /// understands is left out; an unknown path is [`Route::NotFound`].
    pub fn parse(path: &str, search: &str) -> Route {
        let segments: Option<Vec<String>> = path.split('/').filter(|part| !part.is_empty()).map(decode).collect();
        let Some(segments) = segments else { return Route::NotFound };
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match segments.as_slice() {
            [] | [CUSTOMERS] => Route::Customers(parse_query(search)),
            [SIGN_IN] => {
                let because = part(search, BECAUSE).and_then(|name| Because::from_name(&name));
                Route::SignIn { then: parse_then(search), because }
            }
            [CUSTOMERS, id] => Route::Customer((*id).into()),
            [CUSTOMERS, id, ADD_TRIAL] => Route::AddTrial((*id).into()),
            [CUSTOMERS, id, TRIALS, trial, page] => {
                let page = match *page {
                    EXTEND => TrialPage::Extend,
                    EDIT => TrialPage::Edit,
                    CONVERT => TrialPage::Convert,
                    _ => return Route::NotFound,
                };
                Route::Trial { customer: (*id).into(), trial: (*trial).into(), page }
            }
            [HANDED_OVER] => Route::HandedOver,
            [HANDED_OVER, trial] => Route::ConvertHandedOver((*trial).into()),
            [START_TRIAL] => Route::StartTrial,
            [SET_UP, trial] => Route::SetUp { trial: (*trial).into(), step: SetUpStep::PlanReview },
            [SET_UP, trial, step] => match SetUpStep::from_name(step) {
                Some(step) => Route::SetUp { trial: (*trial).into(), step },
                None => Route::NotFound,
            },
            [HUB] => Route::Hub,
            [HUB, PARTNERS] => Route::HubPartners,
            [HUB, rest @ ..] => HubPart::parse(rest, search).map_or(Route::NotFound, Route::HubIn),
            [CUSTOMERS, id, HUB] => Route::ViewCustomer((*id).into(), None),
            [CUSTOMERS, id, HUB, rest @ ..] => match HubPart::parse(rest, search) {
                Some(part) => Route::ViewCustomer((*id).into(), Some(part)),
                None => Route::NotFound,
            },
            [ACTIVITY, rest @ ..] => Activity::parse(rest, search).map_or(Route::NotFound, Route::Activity),
            [REQUEST] => Route::OpenRequest,
            [REQUESTS, id] => Route::Request((*id).into()),
            [RECEIPTS, CHECK] => Route::CheckReceipt,
            [RECEIPTS, id] => Route::Receipt((*id).into()),
            [SHIPMENTS] => Route::Shipments,
            [SHIPMENTS, id @ ..] => dotted_id(id).map_or(Route::NotFound, Route::Shipment),
            [MAILBOX] => Route::Mailbox,
            [MAILBOX, id @ ..] => dotted_id(id).map_or(Route::NotFound, Route::Mail),
            [START_TRIAL, draft] => Route::Wizard { draft: (*draft).into(), step: Step::Customer },
            [START_TRIAL, draft, step] => match Step::from_name(step) {
                Some(step) => Route::Wizard { draft: (*draft).into(), step },
                None => Route::NotFound,
            },
            _ => Route::NotFound,
        }
    }

    /// The page of an address with path and search text in one piece.
    fn parse_address(address: &str) -> Route {
        let address = address.split('#').next().unwrap_or_default();
        let (path, search) = address.split_once('?').unwrap_or((address, ""));
        Route::parse(path, search)
    }

    /// The address of the page, without the origin. Defaults are left out (Q3).
    /// [`Route::NotFound`] has no address of its own and leads to the start.
    pub fn path(&self) -> String {
        match self {
            Route::SignIn { then, because } => {
                let then = then.as_ref().map_or_else(|| "/".to_owned(), |route| route.path());
                match because {
                    Some(because) => because.page(&then),
                    None if then == "/" => PAGE.to_owned(),
                    None => format!("{PAGE}?{THEN}={}", encode(&then)),
                }
            }
            Route::Customers(query) => format!("/{CUSTOMERS}{}", print_query(query)),
            Route::Customer(id) => format!("/{CUSTOMERS}/{}", encode(id.as_str())),
            Route::AddTrial(id) => format!("/{CUSTOMERS}/{}/{ADD_TRIAL}", encode(id.as_str())),
            Route::Trial { customer, trial, page } => {
                let page = match page {
                    TrialPage::Extend => EXTEND,
                    TrialPage::Edit => EDIT,
                    TrialPage::Convert => CONVERT,
                };
                format!("/{CUSTOMERS}/{}/{TRIALS}/{}/{page}", encode(customer.as_str()), encode(trial.as_str()))
            }
            Route::HandedOver => format!("/{HANDED_OVER}"),
            Route::ConvertHandedOver(trial) => format!("/{HANDED_OVER}/{}", encode(trial.as_str())),
            Route::StartTrial => format!("/{START_TRIAL}"),
            Route::Wizard { draft, step } => format!("/{START_TRIAL}/{}/{}", encode(draft.as_str()), step.name()),
            Route::SetUp { trial, step } => format!("/{SET_UP}/{}/{}", encode(trial.as_str()), step.name()),
            Route::Hub => format!("/{HUB}"),
            Route::HubPartners => format!("/{HUB}/{PARTNERS}"),
            Route::HubIn(part) => format!("/{HUB}{}", part.path()),
            Route::ViewCustomer(id, part) => {
                let rest = part.as_ref().map(HubPart::path).unwrap_or_default();
                format!("/{CUSTOMERS}/{}/{HUB}{rest}", encode(id.as_str()))
            }
            Route::Activity(part) => part.path(),
            Route::OpenRequest => format!("/{REQUEST}"),
            Route::Request(id) => format!("/{REQUESTS}/{}", encode(id.as_str())),
            Route::CheckReceipt => format!("/{RECEIPTS}/{CHECK}"),
            Route::Receipt(id) => format!("/{RECEIPTS}/{}", encode(id.as_str())),
            Route::Shipments => format!("/{SHIPMENTS}"),
            Route::Shipment(id) => format!("/{SHIPMENTS}/{}", dotted_place(id)),
            Route::Mailbox => format!("/{MAILBOX}"),
            Route::Mail(id) => format!("/{MAILBOX}/{}", dotted_place(id)),
            Route::NotFound => "/".to_owned(),
        }
    }
}

/// Where to go after signing in. Only a page of this console is accepted, and not
/// the sign-in page itself, so that no address can lead elsewhere or in circles.
fn parse_then(search: &str) -> Option<Box<Route>> {
    let address = part(search, THEN)?;
    match Route::parse_address(&address) {
        Route::NotFound | Route::SignIn { .. } => None,
        route => Some(Box::new(route)),
    }
}

/// What a filter is in an address; the backend's has the same parts, and `filter_text` prints
/// both. What does not exist, such as a status of another version, is left out: the link still
/// shows what it can.
pub fn parse_query(search: &str) -> Query {
    let text = |name| part(search, name).unwrap_or_default();
    let days = |name| text(name).parse().ok();
    let flag = |name| text(name) == "true";
    let sort = text("sort");
    let turned = sort.strip_prefix('-');
    let column = Column::from_name(turned.unwrap_or(&sort));
    Query {
        search: text("q").trim().to_owned(),
        statuses: names(&text("status"), Status::from_name),
        services: names(&text("service"), Service::from_name),
        ends_within: days("ends_within"),
        answer_within: days("answer_within"),
        regions: names(&text("region"), Region::from_name),
        in_charge: match text("in_charge") {
            person if person.is_empty() => None,
            person if person == NOBODY => Some(InCharge::Nobody),
            person => Some(InCharge::Person(PersonId(person))),
        },
        devices_due: DevicesDue::from_name(&text("devices_due")),
        interested: flag("interested"),
        failed_mails: flag("failed_mails"),
        sort: column.unwrap_or_default(),
        reversed: column.is_some() && turned.is_some(),
    }
}

fn names<T: Ord>(text: &str, read: impl Fn(&str) -> Option<T>) -> BTreeSet<T> {
    text.split(',').filter_map(read).collect()
}

fn print_query(query: &Query) -> String {
    let text = filter_text(query);
    if text.is_empty() { text } else { ["?", &text].concat() }
}

/// The decoded value of a part of the search text; the first one counts.
fn part(search: &str, name: &str) -> Option<String> {
    search.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).and_then(|(_, value)| {
        // In a form's encoding a plus is a blank; a plus itself comes percent-encoded.
        decode(&value.replace('+', " "))
    })
}

/// Undoes percent-encoding; `None` when it is broken or the bytes are no text.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let (high, low) = (digit(rest.next()?)?, digit(rest.next()?)?);
            bytes.push(high * 16 + low);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests;
