//! Every endpoint: method, path, and the types of its request and answer.

use std::marker::PhantomData;

use crate::customers::{CustomerDetail, CustomersPage, Totals};
use crate::drafts::{DraftList, KeptDraft};
use crate::session::{Session, SignIn};
use crate::trials::{LookUp, LookUpAnswer, Preview, SaveTrial, SiteNameAnswer, StartPreview, Started};
use rules::draft::TrialDraft;

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

/// Who is signed in, and what the deployment is like. Open to everybody.
pub const SESSION: Endpoint<(), Session> = Endpoint::new(Method::Get, "/api/v1/session");
/// Signs a persona in (embedded mode only, G6).
pub const SIGN_IN: Endpoint<SignIn, Session> = Endpoint::new(Method::Post, "/api/v1/sign-in");
/// Signs out.
pub const SIGN_OUT: Endpoint<(), Session> = Endpoint::new(Method::Post, "/api/v1/sign-out");
/// A page of customers. Query: `q` (search), `status` (names, with commas), `cursor`.
pub const CUSTOMERS: Endpoint<(), CustomersPage> = Endpoint::new(Method::Get, "/api/v1/customers");
/// Customers counted by status (Q4).
pub const CUSTOMERS_TOTALS: Endpoint<(), Totals> = Endpoint::new(Method::Get, "/api/v1/customers/totals");
/// One customer.
pub const CUSTOMER: Endpoint<(), CustomerDetail> = Endpoint::new(Method::Get, "/api/v1/customers/{id}");
/// Whether an address belongs to an existing organisation (X1, P4). It counts,
/// hence POST.
pub const ORGANISATION_LOOK_UPS: Endpoint<LookUp, LookUpAnswer> =
    Endpoint::new(Method::Post, "/api/v1/organisation-lookups");
/// Whether a Meetings site name is free (N12).
pub const SITE_NAME: Endpoint<(), SiteNameAnswer> = Endpoint::new(Method::Get, "/api/v1/site-names/{name}");
/// What saving a draft would bring; stores nothing (N15).
pub const TRIALS_PREVIEW: Endpoint<Preview, StartPreview> = Endpoint::new(Method::Post, "/api/v1/trials/preview");
/// Starts a trial (N16, N17).
pub const TRIALS: Endpoint<SaveTrial, Started> = Endpoint::new(Method::Post, "/api/v1/trials");
/// The own drafts that are not saved yet (N18).
pub const DRAFTS: Endpoint<(), DraftList> = Endpoint::new(Method::Get, "/api/v1/drafts");
/// One own draft.
pub const DRAFT: Endpoint<(), KeptDraft> = Endpoint::new(Method::Get, "/api/v1/drafts/{id}");
/// Keeps a draft under an id that the client made: `If-None-Match: *` for a new
/// one, `If-Match` for one that exists (G2).
pub const DRAFT_KEEP: Endpoint<TrialDraft, KeptDraft> = Endpoint::new(Method::Put, "/api/v1/drafts/{id}");
/// Throws a draft away; one that is gone already is no error.
pub const DRAFT_DISCARD: Endpoint<(), DraftList> = Endpoint::new(Method::Delete, "/api/v1/drafts/{id}");
/// Makes the demonstration data anew (embedded mode only, G6).
pub const RESET: Endpoint<(), Session> = Endpoint::new(Method::Post, "/api/v1/reset");

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
