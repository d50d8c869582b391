//! What the description says of each endpoint beside its types and documentation. Which statuses an
//! operation can answer follows from what it asks for.

use serde_json::{Value, json};

use super::Described;
use super::parameters::{Queries, Query};
use crate::endpoints::Method;

/// Which version a request names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// None.
    Unasked,
    /// One may be named.
    Optional,
    /// The present one has to be named.
    Needed,
    /// The present one, or that the thing is new.
    NeededOrNew,
}

/// A further request that an answer leads to: the operation, and its parameters as runtime expressions.
/// A parameter `body.name` is a member of the request's body.
pub(super) type Link = (&'static str, &'static [(&'static str, &'static str)]);

/// A row of the table.
pub(super) struct Operation {
    pub(super) id: &'static str,
    pub(super) tag: &'static str,
    pub(super) query: Queries,
    pub(super) version: Version,
    pub(super) gives_version: bool,
    pub(super) links: &'static [Link],
    is_open: bool,
    further: &'static [u16],
}

impl Operation {
    const fn of(tag: &'static str, id: &'static str) -> Operation {
        Operation {
            id,
            tag,
            query: &[],
            version: Version::Unasked,
            gives_version: false,
            links: &[],
            is_open: false,
            further: &[],
        }
    }

    /// It asks for no right.
    const fn open(self) -> Operation {
        Operation { is_open: true, ..self }
    }

    const fn query(self, query: Queries) -> Operation {
        Operation { query, ..self }
    }

    const fn from(self, version: Version) -> Operation {
        Operation { version, ..self }
    }

    /// Its answer carries a version.
    const fn versioned(self) -> Operation {
        Operation { gives_version: true, ..self }
    }

    /// It can answer further statuses.
    const fn also(self, further: &'static [u16]) -> Operation {
        Operation { further, ..self }
    }

    const fn leads_to(self, links: &'static [Link]) -> Operation {
        Operation { links, ..self }
    }

    /// Every status but 200 that it can answer, in order.
    pub(super) fn statuses(&self, endpoint: &Described) -> Vec<u16> {
        // Another person is signed in than the client shows, a server is asked too often, or the store fails.
        let mut statuses = vec![401, 429, 503, 507];
        if !self.is_open {
            statuses.push(403);
        }
        if endpoint.path.contains('{') || self.query.iter().any(|group| group.contains(&Query::Organisation)) {
            statuses.push(404);
        }
        if !self.query.is_empty() {
            statuses.push(400);
        }
        if endpoint.method != Method::Get {
            // A server asks for the header of writes.
            statuses.extend([400, 403, 413, 422]);
        }
        match self.version {
            Version::Unasked => {}
            Version::Optional => statuses.push(412),
            Version::Needed | Version::NeededOrNew => statuses.extend([412, 428]),
        }
        statuses.extend(self.further);
        statuses.sort_unstable();
        statuses.dedup();
        statuses
    }
}

/// The links of an answer, under the names of the operations.
pub(super) fn links(links: &[Link]) -> Value {
    let link = |(operation, parameters): &Link| {
        let mut link = json!({ "operationId": operation });
        for (name, from) in *parameters {
            match name.strip_prefix("body.") {
                Some(member) => link["requestBody"][member] = json!(from),
                None => link["parameters"][*name] = json!(from),
            }
        }
        ((*operation).to_owned(), link)
    };
    Value::Object(links.iter().map(link).collect())
}

const BODY_ID: &str = "$response.body#/id";
const PATH_ID: &str = "$request.path.id";
const ETAG: &str = "$response.header.ETag";

/// What was previewed can be done: the act carries the digest of its preview (E6).
const DIGEST: (&str, &str) = ("body.digest", "$response.body#/digest");
const SAME_ACT: (&str, &str) = ("body.act", "$request.body#/act");
const TO_ACT: &[Link] = &[("trial_act", &[("id", PATH_ID), ("If-Match", ETAG), SAME_ACT, DIGEST])];
const TO_SET_UP: &[Link] = &[("set_up_finish", &[("id", PATH_ID), ("If-Match", ETAG), DIGEST])];
const TO_ACCESS: &[Link] = &[("partner_access_change", &[("If-Match", ETAG), SAME_ACT, DIGEST])];
const TO_SHIPMENT_ACT: &[Link] = &[("shipment_act", &[("id", PATH_ID), ("If-Match", ETAG), SAME_ACT, DIGEST])];
const TO_ANSWER: &[Link] = &[(
    "request_answer",
    &[
        ("id", PATH_ID),
        ("If-Match", ETAG),
        ("body.answer", "$request.body#/answer"),
        ("body.language", "$request.body#/language"),
        DIGEST,
    ],
)];
const TO_START: &[Link] = &[(
    "trial_start",
    &[
        ("body.draft-id", "$request.body#/draft-id"),
        ("body.draft", "$request.body#/draft"),
        ("body.target", "$request.body#/target"),
        ("body.language", "en"),
        DIGEST,
    ],
)];
const OF_SET_UP: &[Link] = &[
    ("set_up_keep", &[("id", PATH_ID), ("If-Match", ETAG)]),
    ("set_up_finish_preview", &[("id", PATH_ID)]),
    ("set_up_people_preview", &[("id", PATH_ID)]),
];
const TO_TAKE: &[Link] = &[("set_up_people_take", &[("id", PATH_ID)])];
const IN_TRIAL: &[Link] = &[
    ("trial_act_preview", &[("id", PATH_ID)]),
    ("trial_inventory_view", &[("id", PATH_ID)]),
    ("set_up_view", &[("id", PATH_ID)]),
    ("set_up_finish_preview", &[("id", PATH_ID)]),
    ("request_resend", &[("id", PATH_ID)]),
];
const IN_REQUEST: &[Link] = &[
    ("request_answer_preview", &[("id", PATH_ID)]),
    ("request_read_plain", &[("id", PATH_ID)]),
    ("receipt_view", &[("id", PATH_ID)]),
];
const TO_CHECK: &[Link] = &[("receipt_check", &[("body.file", "$response.body#/file")])];
const IN_SHIPMENT: &[Link] = &[("shipment_act_preview", &[("id", PATH_ID)])];
const OF_LIST: &[Link] = &[
    ("customer_view", &[("id", "$response.body#/rows/0/id")]),
    ("eligibility_view", &[("id", "$response.body#/rows/0/id")]),
    ("hub_view", &[("organisation", "$response.body#/rows/0/id")]),
    ("person_list", &[("organisation", "$response.body#/rows/0/id")]),
    ("journal_list", &[("organisation", "$response.body#/rows/0/id")]),
];
const OF_CUSTOMER: &[Link] = &[
    ("customer_assign", &[("id", BODY_ID), ("If-Match", ETAG)]),
    ("trial_view", &[("id", "$response.body#/trials/0/trial/id")]),
    ("mail_view", &[("id", "$response.body#/mails/0/id")]),
];
const OF_PEOPLE: &[Link] = &[
    ("person_change", &[("id", "$response.body#/people/0/id"), ("If-Match", ETAG)]),
    ("person_remove", &[("id", "$response.body#/people/0/id"), ("If-Match", ETAG)]),
];
const OF_HUB: &[Link] = &[
    ("trial_view", &[("id", "$response.body#/trials/0/detail/trial/id")]),
    ("request_view", &[("id", "$response.body#/requests/0/id")]),
    ("organisation_settings_change", &[("If-Match", ETAG)]),
    ("partner_unblock", &[("id", "$response.body#/blocked/0/id")]),
];
const OF_QUEUE: &[Link] = &[
    ("shipment_view", &[("id", "$response.body#/to-send/0/id")]),
    ("shipment_act_preview", &[("id", "$response.body#/returns/0/id")]),
];
const OF_DRAFT: &[Link] = &[
    ("draft_view", &[("id", BODY_ID)]),
    ("draft_keep", &[("id", BODY_ID), ("If-Match", ETAG)]),
    ("draft_discard", &[("id", BODY_ID), ("If-Match", ETAG)]),
];

/// The row of an endpoint, by the name of its constant.
pub(super) fn operation(constant: &str) -> Option<Operation> {
    use Version::{Needed, NeededOrNew, Optional};
    let of = Operation::of;
    Some(match constant {
        "SESSION" => of("Session", "session_view").open(),
        "SIGN_IN" => of("Demonstration", "session_sign_in").open().also(&[404]),
        "SIGN_OUT" => of("Session", "session_sign_out").open(),
        "SIGN_OUT_EVERYWHERE" => of("Session", "session_sign_out_everywhere").open(),
        "CUSTOMERS" => of("Customers", "customer_list").query(Query::CUSTOMERS).leads_to(OF_LIST),
        "CUSTOMERS_CSV" => of("Customers", "customer_download").query(Query::CUSTOMERS_CSV),
        "CUSTOMERS_TOTALS" => of("Customers", "customer_count"),
        "ATTENTION" => of("Customers", "attention_count"),
        "CUSTOMER" => of("Customers", "customer_view").versioned().leads_to(OF_CUSTOMER),
        "ASSIGNMENT" => of("Customers", "customer_assign").from(Needed).versioned(),
        "SALES_PEOPLE" => of("Customers", "sales_person_list"),
        "VIEWS" => of("Customers", "view_list"),
        "VIEWS_OWN" => of("Customers", "view_keep_own").from(Needed).versioned(),
        "VIEWS_PARTNER" => of("Customers", "view_keep_for_partner").from(Needed).versioned(),
        "HANDED_OVER" => of("Customers", "handed_over_list"),
        "ELIGIBILITY" => of("Trials", "eligibility_view"),
        "ORGANISATION_LOOK_UPS" => of("Trials", "organisation_look_up").also(&[429]),
        "SITE_NAME" => of("Trials", "site_name_check"),
        "TRIALS_PREVIEW" => of("Trials", "trial_start_preview").also(&[404, 429]).leads_to(TO_START),
        "TRIALS" => of("Trials", "trial_start").also(&[404, 412, 429]),
        "DRAFTS" => of("Drafts", "draft_list"),
        "DRAFT" => of("Drafts", "draft_view").versioned(),
        "DRAFT_KEEP" => of("Drafts", "draft_keep").from(NeededOrNew).versioned().leads_to(OF_DRAFT),
        "DRAFT_DISCARD" => of("Drafts", "draft_discard").from(Optional),
        "TRIAL" => of("Trials", "trial_view").versioned().leads_to(IN_TRIAL),
        "ACT_PREVIEW" => of("Trials", "trial_act_preview").versioned().leads_to(TO_ACT),
        "ACT" => of("Trials", "trial_act").from(Needed).versioned(),
        "INVENTORY" => of("Trials", "trial_inventory_view"),
        "INVENTORY_CSV" => of("Trials", "trial_inventory_download").query(Query::LANGUAGE),
        "SET_UP" => of("Set-up", "set_up_view").query(Query::LANGUAGE).versioned().leads_to(OF_SET_UP),
        "SET_UP_KEEP" => of("Set-up", "set_up_keep").from(Needed).versioned(),
        "SET_UP_PEOPLE_PREVIEW" => of("Set-up", "set_up_people_preview").leads_to(TO_TAKE),
        "SET_UP_PEOPLE" => of("Set-up", "set_up_people_take").versioned(),
        "SET_UP_PREVIEW" => of("Set-up", "set_up_finish_preview").versioned().leads_to(TO_SET_UP),
        "SET_UP_FINISH" => of("Set-up", "set_up_finish").from(Needed).versioned(),
        "REQUESTS" => of("Requests", "request_list").also(&[404]),
        "REQUEST" => of("Requests", "request_view").versioned().leads_to(IN_REQUEST),
        "REQUEST_PLAIN" => of("Requests", "request_read_plain").query(Query::LANGUAGE),
        "REQUEST_OPEN" => of("Requests", "request_open").versioned().also(&[404]),
        "ANSWER_PREVIEW" => of("Requests", "request_answer_preview").versioned().leads_to(TO_ANSWER),
        "ANSWER" => of("Requests", "request_answer").from(Needed).versioned(),
        "RESEND" => of("Requests", "request_resend").versioned().also(&[429]),
        "RECEIPT" => of("Requests", "receipt_view").leads_to(TO_CHECK),
        "RECEIPT_CHECK" => of("Requests", "receipt_check"),
        "HUB" => of("Hub", "hub_view").query(Query::OF_ORGANISATION).versioned().leads_to(OF_HUB),
        "HUB_PARTNERS_PREVIEW" => of("Hub", "partner_access_preview").versioned().also(&[404]).leads_to(TO_ACCESS),
        "HUB_PARTNERS" => of("Hub", "partner_access_change").from(Needed).versioned().also(&[404]),
        "HUB_UNBLOCK" => of("Hub", "partner_unblock").versioned(),
        "HUB_PEOPLE" => of("Hub", "person_list").query(Query::PEOPLE).versioned().leads_to(OF_PEOPLE),
        "HUB_PEOPLE_FILE_PREVIEW" => of("Hub", "people_file_preview").query(Query::OF_ORGANISATION),
        "HUB_PEOPLE_FILE" => of("Hub", "people_file_take").query(Query::OF_ORGANISATION).versioned(),
        "HUB_PERSON_ADD" => of("Hub", "person_add").query(Query::OF_ORGANISATION).versioned(),
        "HUB_PERSON_CHANGE" => of("Hub", "person_change").query(Query::OF_ORGANISATION).from(Needed).versioned(),
        "HUB_PERSON_REMOVE" => of("Hub", "person_remove").query(Query::OF_ORGANISATION).from(Needed).versioned(),
        "HUB_SETTINGS" => {
            of("Hub", "organisation_settings_change").query(Query::OF_ORGANISATION).from(Needed).versioned()
        }
        "SHIPMENT" => of("Devices", "shipment_view").versioned().leads_to(IN_SHIPMENT),
        "SHIPMENT_PREVIEW" => of("Devices", "shipment_act_preview").versioned().leads_to(TO_SHIPMENT_ACT),
        "SHIPMENT_ACT" => of("Devices", "shipment_act").from(Needed).versioned(),
        "DEVICES_QUEUE" => of("Devices", "device_queue_view").also(&[404]).leads_to(OF_QUEUE),
        "JOURNAL" => of("Journal", "journal_list").query(Query::JOURNAL),
        "JOURNAL_CSV" => of("Journal", "journal_download").query(Query::JOURNAL_CSV),
        "MAILS" => of("Mails", "mail_list").query(Query::MAILS),
        "MAIL" => of("Mails", "mail_view"),
        "MAILBOX" => of("Demonstration", "mailbox_list").open().query(Query::MAILBOX),
        "MAILBOX_MAIL" => of("Demonstration", "mailbox_mail_view").open(),
        "MAILBOX_OPEN" => of("Demonstration", "mailbox_mail_open").open().also(&[403]),
        "REHEARSALS" => of("Journal", "rehearsal_run").also(&[404]),
        "CLOCK" => of("Demonstration", "clock_view").open(),
        "CLOCK_SET" => of("Demonstration", "clock_set").open(),
        "RESET" => of("Demonstration", "demonstration_reset").open(),
        _ => return None,
    })
}
