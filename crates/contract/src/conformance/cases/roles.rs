//! Every route against everybody: a table that is written out, not derived from a backend.

use rules::verdict::{Because, RuleId};

use crate::conformance::cast::EVERYBODY;
use crate::conformance::check::{Outcome, require};
use crate::conformance::client::{NOBODY, name};
use crate::conformance::{Case, Client, Reply, cases};
use crate::endpoints::{self, Endpoint, Method};
use crate::error::ApiError;
use crate::{IF_MATCH, IF_NONE_MATCH};

pub(super) const CASES: &[Case] = cases![
    every_route_lets_in_exactly_those_who_may_and_refuses_the_others_with_their_rule_p1_p2_p3_p5_p6_p9,
    nobody_gets_in_without_signing_in_p7,
];

/// For each of [`EVERYBODY`]: `+` for being let in, else the number of the rule of P by
/// which they are not.
///
/// Anna, Mehmet, Lena, Piet, Ingrid, Oskar; Sanne, Joost, Kim, Tom; Ruth.
const OPEN: &str = "++++++ ++++ +";
const SEE_CUSTOMERS: &str = "+++++1 2222 2";
const START: &str = "++33+1 2222 2";
const MANAGE: &str = "++22+1 2222 2";
const DOWNLOAD: &str = "+++2+1 2222 2";
const ASSIGN: &str = "+999+1 2222 2";
const REQUESTS: &str = "555551 ++++ 5";
const DECIDE: &str = "555551 ++55 5";
const CUSTOMERS_OR_REQUESTS: &str = "+++++1 ++++ 2";
const SHIPMENTS: &str = "666661 6666 +";
const START_OR_HUB: &str = "++33+1 +++2 2";
const CUSTOMERS_OR_HUB: &str = "+++++1 +++2 2";
const MANAGE_OR_HUB: &str = "++22+1 +++2 2";
const HUB_OR_CUSTOMERS: &str = "+++++1 +++5 5";
const DECIDE_OR_MANAGE: &str = "++55+1 ++55 5";
const DOWNLOAD_OR_HUB: &str = "+++2+1 +++2 2";
const ANY_SIDE: &str = "+++++1 +++2 +";
const ANY_SIDE_ACTS: &str = "++22+1 +++2 +";

/// A route, and who is let in.
struct Row {
    method: Method,
    path: &'static str,
    cells: &'static str,
}

const fn row<Q, A>(endpoint: &Endpoint<Q, A>, cells: &'static str) -> Row {
    Row { method: endpoint.method, path: endpoint.path, cells }
}

const TABLE: [Row; 70] = [
    row(&endpoints::SESSION, OPEN),
    row(&endpoints::SIGN_IN, OPEN),
    row(&endpoints::SIGN_OUT, OPEN),
    row(&endpoints::SIGN_OUT_EVERYWHERE, OPEN),
    row(&endpoints::MAILBOX, OPEN),
    row(&endpoints::MAILBOX_MAIL, OPEN),
    row(&endpoints::MAILBOX_OPEN, OPEN),
    row(&endpoints::CLOCK, OPEN),
    row(&endpoints::CLOCK_SET, OPEN),
    row(&endpoints::RESET, OPEN),
    row(&endpoints::CUSTOMERS, SEE_CUSTOMERS),
    row(&endpoints::CUSTOMERS_CSV, DOWNLOAD),
    row(&endpoints::CUSTOMERS_TOTALS, SEE_CUSTOMERS),
    row(&endpoints::ATTENTION, SEE_CUSTOMERS),
    row(&endpoints::CUSTOMER, SEE_CUSTOMERS),
    row(&endpoints::ASSIGNMENT, ASSIGN),
    row(&endpoints::SALES_PEOPLE, SEE_CUSTOMERS),
    row(&endpoints::VIEWS, SEE_CUSTOMERS),
    row(&endpoints::VIEWS_OWN, SEE_CUSTOMERS),
    row(&endpoints::VIEWS_PARTNER, ASSIGN),
    row(&endpoints::HANDED_OVER, MANAGE),
    row(&endpoints::ELIGIBILITY, START),
    row(&endpoints::ORGANISATION_LOOK_UPS, START),
    row(&endpoints::SITE_NAME, START_OR_HUB),
    row(&endpoints::TRIALS_PREVIEW, START),
    row(&endpoints::TRIALS, START),
    row(&endpoints::DRAFTS, START),
    row(&endpoints::DRAFT, START),
    row(&endpoints::DRAFT_KEEP, START),
    row(&endpoints::DRAFT_DISCARD, START),
    row(&endpoints::TRIAL, CUSTOMERS_OR_HUB),
    row(&endpoints::ACT_PREVIEW, MANAGE_OR_HUB),
    row(&endpoints::ACT, MANAGE_OR_HUB),
    row(&endpoints::INVENTORY, CUSTOMERS_OR_HUB),
    row(&endpoints::INVENTORY_CSV, DOWNLOAD_OR_HUB),
    row(&endpoints::SET_UP, CUSTOMERS_OR_HUB),
    row(&endpoints::SET_UP_KEEP, MANAGE_OR_HUB),
    row(&endpoints::SET_UP_PEOPLE_PREVIEW, MANAGE_OR_HUB),
    row(&endpoints::SET_UP_PEOPLE, MANAGE_OR_HUB),
    row(&endpoints::SET_UP_PREVIEW, MANAGE_OR_HUB),
    row(&endpoints::SET_UP_FINISH, MANAGE_OR_HUB),
    row(&endpoints::REQUESTS, REQUESTS),
    row(&endpoints::REQUEST, REQUESTS),
    row(&endpoints::REQUEST_PLAIN, REQUESTS),
    row(&endpoints::REQUEST_OPEN, REQUESTS),
    row(&endpoints::ANSWER_PREVIEW, DECIDE),
    row(&endpoints::ANSWER, DECIDE),
    row(&endpoints::RESEND, MANAGE),
    row(&endpoints::RECEIPT, DOWNLOAD_OR_HUB),
    row(&endpoints::RECEIPT_CHECK, CUSTOMERS_OR_REQUESTS),
    row(&endpoints::HUB, HUB_OR_CUSTOMERS),
    row(&endpoints::HUB_PARTNERS_PREVIEW, DECIDE),
    row(&endpoints::HUB_PARTNERS, DECIDE),
    row(&endpoints::HUB_UNBLOCK, DECIDE),
    row(&endpoints::HUB_PEOPLE, HUB_OR_CUSTOMERS),
    row(&endpoints::HUB_PEOPLE_FILE_PREVIEW, DECIDE_OR_MANAGE),
    row(&endpoints::HUB_PEOPLE_FILE, DECIDE_OR_MANAGE),
    row(&endpoints::HUB_PERSON_ADD, DECIDE_OR_MANAGE),
    row(&endpoints::HUB_PERSON_CHANGE, DECIDE_OR_MANAGE),
    row(&endpoints::HUB_PERSON_REMOVE, DECIDE_OR_MANAGE),
    row(&endpoints::HUB_SETTINGS, DECIDE_OR_MANAGE),
    row(&endpoints::SHIPMENT, ANY_SIDE),
    row(&endpoints::SHIPMENT_PREVIEW, ANY_SIDE_ACTS),
    row(&endpoints::SHIPMENT_ACT, ANY_SIDE_ACTS),
    row(&endpoints::DEVICES_QUEUE, SHIPMENTS),
    row(&endpoints::JOURNAL, CUSTOMERS_OR_HUB),
    row(&endpoints::JOURNAL_CSV, DOWNLOAD_OR_HUB),
    row(&endpoints::MAILS, CUSTOMERS_OR_HUB),
    row(&endpoints::MAIL, CUSTOMERS_OR_HUB),
    row(&endpoints::REHEARSALS, SEE_CUSTOMERS),
];

/// Sends what does nothing: a body that no route can read.
fn sent(client: &Client<'_>, row: &Row, who: &str) -> Result<Reply, crate::conformance::Failure> {
    let path = row.path.replace("{id}", "no-such-id").replace("{name}", "no-such-name");
    let (method, body) = (name(row.method), "[\"nonsense\"]");
    let made_from: &[(&str, &str)] = match row.method {
        Method::Put if row.path == endpoints::DRAFT_KEEP.path => &[(IF_NONE_MATCH, "*")],
        _ => &[(IF_MATCH, "\"1\"")],
    };
    let body = if row.method == Method::Get { "" } else { body };
    client.send(&client.raw(method, &path, who, body, made_from))
}

fn every_route_lets_in_exactly_those_who_may_and_refuses_the_others_with_their_rule_p1_p2_p3_p5_p6_p9(
    client: &Client<'_>,
) -> Outcome {
    let mut wrong = Vec::new();
    for row in &TABLE {
        let cells = row.cells.chars().filter(|cell| *cell != ' ');
        for (who, wanted) in EVERYBODY.into_iter().zip(cells) {
            client.sign_in(who)?;
            let reply = sent(client, row, who)?;
            let got = cell(&reply);
            if got != wanted {
                wrong.push(format!("{} {} by {who}: wanted {wanted}, got {got}", name(row.method), row.path));
            }
        }
    }
    require(wrong.is_empty(), || format!("{} cells are wrong: {}", wrong.len(), wrong.join("; ")))
}

/// What an answer says of being let in. Whatever a route refuses by itself comes after that.
fn cell(reply: &Reply) -> char {
    let error = if reply.status == 200 { None } else { ApiError::from_json(&reply.body) };
    match error {
        Some(ApiError::NotSignedIn) => '0',
        Some(ApiError::Refused { refusal, .. }) if is_by_role(refusal.because) => digit(refusal.rule),
        _ if reply.status >= 500 => '!',
        _ => '+',
    }
}

fn is_by_role(because: Because) -> bool {
    matches!(
        because,
        Because::PartnerNotCertified
            | Because::RoleCannotStart
            | Because::RoleChangesNothing
            | Because::RoleCannotDownload
            | Because::OnlySalesFullAdministrators
            | Because::OnlyForPartners
            | Because::OnlyForCustomerAdministrators
            | Because::OnlyForFullAdministrators
            | Because::OnlyForTrialsTeam
    )
}

fn digit(rule: RuleId) -> char {
    rule.to_string().strip_prefix('P').and_then(|number| number.chars().next()).unwrap_or('?')
}

fn nobody_gets_in_without_signing_in_p7(client: &Client<'_>) -> Outcome {
    let mut wrong = Vec::new();
    for row in &TABLE {
        let got = cell(&sent(client, row, NOBODY)?);
        let wanted = if row.cells == OPEN { '+' } else { '0' };
        if got != wanted {
            wrong.push(format!("{} {}: wanted {wanted}, got {got}", name(row.method), row.path));
        }
    }
    require(wrong.is_empty(), || format!("{} cells are wrong: {}", wrong.len(), wrong.join("; ")))
}
