//! Every endpoint: method, path, and the types of its request and answer.

use std::marker::PhantomData;

use rules::act::ShipmentAct;
use rules::draft::TrialDraft;
use rules::set_up::SetUpDraft;

use crate::customers::{Assign, CustomerDetail, CustomersPage, HandedOverList, Totals, TrialDetail, Worklist};
use crate::drafts::{DraftList, KeptDraft};
use crate::hub::{AccessAct, AddPerson, ChangePerson, Hub, HubSettings, PeopleList, PersonDone};
use crate::journal::{JournalPage, Rehearsal, Rehearse};
use crate::mails::{MailDetail, MailboxOpened, MailsPage};
use crate::receipts::{CheckReceipt, CheckedReceipt, ReceiptAnswer};
use crate::requests::{AnswerRequest, OpenRequest, PlainPage, RequestDetail, RequestList};
use crate::session::{ClockAnswer, Session, SetClock, SignIn};
use crate::set_up::{PeopleTaken, SetUpDetail, SetUpKept, TakePeople};
use crate::shipments::{DevicesQueue, ShipmentDetail, ShipmentPreview};
use crate::trials::{
    ActDone, ActPreview, EligibilityList, LookUp, LookUpAnswer, Order, Preview, SaveTrial, SiteNameAnswer,
    StartPreview, Started, TrialAct, TrialInventory,
};
use crate::views::{KeepViews, SalesPeople, ViewList, Views};

/// The methods in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads; never changes state.
    Get,
    /// Acts.
    Post,
    /// Keeps a thing under its own id.
    Put,
    /// Takes a thing away.
    Delete,
}

/// An endpoint with its request body `Q` and its answer `A`; `()` is no body.
pub struct Endpoint<Q, A> {
    /// Its method.
    pub method: Method,
    /// Its path, with parameters in braces.
    pub path: &'static str,
    types: PhantomData<fn(Q) -> A>,
}

impl<Q, A> Endpoint<Q, A> {
    const fn new(method: Method, path: &'static str) -> Self {
        Endpoint { method, path, types: PhantomData }
    }

    /// The path with its one parameter filled in, percent-encoded.
    pub fn with(&self, parameter: &str) -> String {
        match (self.path.find('{'), self.path.find('}')) {
            (Some(open), Some(close)) => {
                format!("{}{}{}", &self.path[..open], encode(parameter), &self.path[close + 1..])
            }
            _ => self.path.to_owned(),
        }
    }
}

/// Percent-encodes all but the unreserved characters of RFC 3986.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ => {
                const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
                encoded.push('%');
                encoded.push(char::from(DIGITS[usize::from(byte >> 4)]));
                encoded.push(char::from(DIGITS[usize::from(byte & 15)]));
            }
        }
    }
    encoded
}

/// Makes a constant of each endpoint, and for the description of the API one list of all of them
/// with their documentation, so that none can be missing there.
macro_rules! endpoints {
    ($($(#[doc = $documentation:literal])+ $name:ident: $asked:ty => $answer:ty = $method:ident $path:literal;)+) => {
        $(
            $(#[doc = $documentation])+
            pub const $name: Endpoint<$asked, $answer> = Endpoint::new(Method::$method, $path);
        )+

        /// Every endpoint, with what the description of the API says of it.
        #[cfg(feature = "schema")]
        pub fn all() -> Vec<crate::openapi::Described> {
            vec![$(
                crate::openapi::Described::of(stringify!($name), concat!($($documentation),+), $name)
            ),+]
        }
    };
}

endpoints! {
    /// Who is signed in, and what the deployment is like. Open to everybody.
    SESSION: () => Session = Get "/api/v1/session";
    /// Signs a persona in (embedded mode only, G6).
    SIGN_IN: SignIn => Session = Post "/api/v1/sign-in";
    /// Signs out.
    SIGN_OUT: () => Session = Post "/api/v1/sign-out";
    /// Signs out in every visit in which the same person is signed in.
    SIGN_OUT_EVERYWHERE: () => Session = Post "/api/v1/sign-out-everywhere";
    /// A page of customers. Query: `q` (search), `status`, `service`, `region` (names, with
    /// commas), `ends_within`, `answer_within` (days), `in_charge` (a person's id, or
    /// `nobody`), `devices_due` (`due` or `overdue`), `interested`, `failed_mails` (`true`),
    /// `sort` (a column, with `-` in front to turn it round), `cursor`.
    CUSTOMERS: () => CustomersPage = Get "/api/v1/customers";
    /// The same rows as CSV, all pages; `columns` names the columns and their order (Q5).
    CUSTOMERS_CSV: () => String = Get "/api/v1/customers.csv";
    /// Customers counted by status (Q4).
    CUSTOMERS_TOTALS: () => Totals = Get "/api/v1/customers/totals";
    /// What wants doing, counted (Q12).
    ATTENTION: () => Worklist = Get "/api/v1/attention";
    /// One customer.
    CUSTOMER: () => CustomerDetail = Get "/api/v1/customers/{id}";
    /// Says who looks after a customer; needs `If-Match` (P9).
    ASSIGNMENT: Assign => CustomerDetail = Put "/api/v1/customers/{id}/assignment";
    /// The sales people of the reader's partner: who can be in charge or assigned (P9).
    SALES_PEOPLE: () => SalesPeople = Get "/api/v1/sales-people";
    /// The saved views that the reader can open (Q3, P9).
    VIEWS: () => Views = Get "/api/v1/views";
    /// Keeps the reader's own views, all of them at once; needs `If-Match` (Q3).
    VIEWS_OWN: KeepViews => ViewList = Put "/api/v1/views/own";
    /// Keeps the views for the whole partner, all of them at once; needs `If-Match` (P9).
    VIEWS_PARTNER: KeepViews => ViewList = Put "/api/v1/views/partner";
    /// Trials that were handed over to the reader's partner (C2).
    HANDED_OVER: () => HandedOverList = Get "/api/v1/handed-over";
    /// Whether each service can be offered to an organisation that the reader's partner has
    /// access to, or that the reader has looked up within the hour (N11, X4, P8).
    ELIGIBILITY: () => EligibilityList = Get "/api/v1/eligibility/{id}";
    /// Whether an address belongs to an existing organisation (X1, P4). It counts,
    /// hence POST.
    ORGANISATION_LOOK_UPS: LookUp => LookUpAnswer = Post "/api/v1/organisation-lookups";
    /// Whether a Meetings site name is free (N12).
    SITE_NAME: () => SiteNameAnswer = Get "/api/v1/site-names/{name}";
    /// What saving a draft would bring; stores nothing (N15).
    TRIALS_PREVIEW: Preview => StartPreview = Post "/api/v1/trials/preview";
    /// Starts a trial (N16, N17).
    TRIALS: SaveTrial => Started = Post "/api/v1/trials";
    /// The own drafts that are not saved yet (N18).
    DRAFTS: () => DraftList = Get "/api/v1/drafts";
    /// One own draft.
    DRAFT: () => KeptDraft = Get "/api/v1/drafts/{id}";
    /// Keeps a draft under an id that the client made: `If-None-Match: *` for a new
    /// one, `If-Match` for one that exists (G2).
    DRAFT_KEEP: TrialDraft => KeptDraft = Put "/api/v1/drafts/{id}";
    /// Throws a draft away; one that is gone already is no error.
    DRAFT_DISCARD: () => DraftList = Delete "/api/v1/drafts/{id}";
    /// One trial.
    TRIAL: () => TrialDetail = Get "/api/v1/trials/{id}";
    /// What an act on a trial would bring (E6).
    ACT_PREVIEW: Order<TrialAct> => ActPreview = Post "/api/v1/trials/{id}/acts/preview";
    /// Does something with a trial; needs `If-Match` and the digest of the preview (E6).
    ACT: Order<TrialAct> => ActDone = Post "/api/v1/trials/{id}/acts";
    /// What will be lost when a trial closes (L9).
    INVENTORY: () => TrialInventory = Get "/api/v1/trials/{id}/inventory";
    /// The same as CSV, a line for each thing that is lost (L9).
    INVENTORY_CSV: () => String = Get "/api/v1/trials/{id}/inventory.csv";
    /// The set-up of a trial, as far as it was typed by either side (U2, U3). Query: `language`,
    /// of the terms.
    SET_UP: () => SetUpDetail = Get "/api/v1/setup/{id}";
    /// Keeps what was typed in a set-up; needs `If-Match`, with version 0 while nothing is kept (U3).
    SET_UP_KEEP: SetUpDraft => SetUpKept = Put "/api/v1/setup/{id}";
    /// What each line of a file with people, or each row typed by hand, would bring in a set-up;
    /// stores nothing (U2).
    SET_UP_PEOPLE_PREVIEW: TakePeople => PeopleTaken = Post "/api/v1/setup/{id}/people/preview";
    /// Takes people in a set-up: the good lines, while each other one is named (U2).
    SET_UP_PEOPLE: TakePeople => PeopleTaken = Post "/api/v1/setup/{id}/people";
    /// What finishing the set-up of a trial would bring (X12, U3).
    SET_UP_PREVIEW: () => ActPreview = Post "/api/v1/setup/{id}/finish/preview";
    /// Finishes the set-up of a trial; needs `If-Match` (X12, U3).
    SET_UP_FINISH: Order<()> => ActDone = Post "/api/v1/setup/{id}/finish";
    /// The requests of the own organisation (X8); for a user, those that were mailed to
    /// them (P5).
    REQUESTS: () => RequestList = Get "/api/v1/requests";
    /// One request of the own organisation (X6).
    REQUEST: () => RequestDetail = Get "/api/v1/requests/{id}";
    /// The same request as a document that needs no program, for when the console's does not
    /// load (X19). Query: `language`; else the reader's, else the
    /// organisation's.
    REQUEST_PLAIN: () => PlainPage = Get "/api/v1/requests/{id}/plain";
    /// Opens a request by the secret of its link, signed in; who opened it is noted (X7).
    REQUEST_OPEN: OpenRequest => RequestDetail = Post "/api/v1/requests/open";
    /// What answering a request would bring (E6).
    ANSWER_PREVIEW: AnswerRequest => ActPreview = Post "/api/v1/requests/{id}/answer/preview";
    /// Answers a request; needs `If-Match` (X9).
    ANSWER: AnswerRequest => ActDone = Post "/api/v1/requests/{id}/answer";
    /// Sends the consent mail again (X13).
    RESEND: () => ActDone = Post "/api/v1/requests/{id}/resend";
    /// The receipt of an answer, by the id of the request, for both sides (X16). Until there is an
    /// answer there is no receipt, and none of an answer that was given before they were kept.
    RECEIPT: () => ReceiptAnswer = Get "/api/v1/receipts/{id}";
    /// Says whether a file is a receipt of this deployment, and unchanged (X16). It stores nothing;
    /// the file stands in the body, hence POST.
    RECEIPT_CHECK: CheckReceipt => CheckedReceipt = Post "/api/v1/receipts/check";
    /// The hub of the own organisation; query `organisation` for a partner with access (H1, Q10).
    HUB: () => Hub = Get "/api/v1/hub";
    /// What changing a partner's access would bring (H3).
    HUB_PARTNERS_PREVIEW: Order<AccessAct> => ActPreview = Post "/api/v1/hub/partners/preview";
    /// Changes a partner's access; needs `If-Match` (H3).
    HUB_PARTNERS: Order<AccessAct> => ActDone = Post "/api/v1/hub/partners";
    /// Lets a blocked partner ask again (H4).
    HUB_UNBLOCK: () => ActDone = Delete "/api/v1/hub/blocked-partners/{id}";
    /// The people of the organisation. Query: `organisation`, `q`, `cursor` (H5).
    HUB_PEOPLE: () => PeopleList = Get "/api/v1/hub/people";
    /// What each line of a file with people, or each row typed by hand, would bring; stores
    /// nothing (H5).
    HUB_PEOPLE_FILE_PREVIEW: TakePeople => PeopleTaken = Post "/api/v1/hub/people-file/preview";
    /// Takes people from a file or from rows: the good lines, while each other one is named (H5).
    HUB_PEOPLE_FILE: TakePeople => PeopleTaken = Post "/api/v1/hub/people-file";
    /// Adds a person (H5).
    HUB_PERSON_ADD: AddPerson => PersonDone = Post "/api/v1/hub/people";
    /// Changes a person; needs `If-Match` (H5).
    HUB_PERSON_CHANGE: ChangePerson => PersonDone = Put "/api/v1/hub/people/{id}";
    /// Removes a person; needs `If-Match` (H5).
    HUB_PERSON_REMOVE: () => PersonDone = Delete "/api/v1/hub/people/{id}";
    /// Sets name and language of the organisation; needs `If-Match` (H7).
    HUB_SETTINGS: HubSettings => Hub = Put "/api/v1/hub/settings";
    /// One shipment (D).
    SHIPMENT: () => ShipmentDetail = Get "/api/v1/shipments/{id}";
    /// What an act on a shipment would bring (E6).
    SHIPMENT_PREVIEW: Order<ShipmentAct> => ShipmentPreview = Post "/api/v1/shipments/{id}/acts/preview";
    /// Does something with a shipment; needs `If-Match` (D).
    SHIPMENT_ACT: Order<ShipmentAct> => ShipmentPreview = Post "/api/v1/shipments/{id}/acts";
    /// What the trials team has to do (P6).
    DEVICES_QUEUE: () => DevicesQueue = Get "/api/v1/devices/queue";
    /// The journal. Query: `organisation`, `trial`, `deed` (names, with commas), `cursor` (L10).
    JOURNAL: () => JournalPage = Get "/api/v1/journal";
    /// The same entries as CSV (L10).
    JOURNAL_CSV: () => String = Get "/api/v1/journal.csv";
    /// The ledger of mails. Query: `organisation`, `trial`, `state` (names, with commas), `cursor` (L8).
    MAILS: () => MailsPage = Get "/api/v1/mails";
    /// One mail as it was written (G7).
    MAIL: () => MailDetail = Get "/api/v1/mails/{id}";
    /// The Mailbox of a demonstration: every mail that was handed over, to whomever, the latest in
    /// front. Query: `q` (search in subject and address), `cursor` (embedded mode only, G6).
    MAILBOX: () => MailsPage = Get "/api/v1/mailbox";
    /// A mail as its recipient got it, with the link that works (embedded mode only, G6, X7).
    MAILBOX_MAIL: () => MailDetail = Get "/api/v1/mailbox/{id}";
    /// Plays that the recipient opens a mail: signs in whose address it went to, and says where
    /// its first link leads (embedded mode only, G6).
    MAILBOX_OPEN: () => MailboxOpened = Post "/api/v1/mailbox/{id}/open";
    /// What time alone would bring; changes nothing (L14).
    REHEARSALS: Rehearse => Rehearsal = Post "/api/v1/rehearsals";
    /// The clock of a demonstration (embedded mode only, G6).
    CLOCK: () => ClockAnswer = Get "/api/v1/clock";
    /// Sets the clock of a demonstration forward (embedded mode only, G6).
    CLOCK_SET: SetClock => ClockAnswer = Post "/api/v1/clock";
    /// Makes the demonstration data anew, on today's day (embedded mode only, G6).
    RESET: () => Session = Post "/api/v1/reset";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_stays_one_segment_of_the_path() {
        assert_eq!(CUSTOMER.with("org-1"), "/api/v1/customers/org-1");
        assert_eq!(SITE_NAME.with("a/b?c é"), "/api/v1/site-names/a%2Fb%3Fc%20%C3%A9");
        assert_eq!(DRAFTS.with("unused"), "/api/v1/drafts");
    }
}
