//! The parameters of addresses and headers.

use rules::change::Deed;
use rules::customers::{Column, DevicesDue};
use rules::notice::MailState;
use rules::people::Language;
use rules::region::Region;
use rules::service::Service;
use rules::trial::Status;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Value, json};

use super::Described;
use super::operations::{Operation, Version};
use crate::endpoints::Method;
use crate::{IDEMPOTENCY_KEY, PERSON_HEADER, WRITE_HEADER, WRITE_VALUE};

/// A version as it stands in a header.
pub(super) const ETAG: &str = "^\"(0|[1-9][0-9]{0,18})\"$";

/// Groups of parameters, one after the other.
pub(super) type Queries = &'static [&'static [Query]];

/// A parameter of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Query {
    Search,
    Statuses,
    Services,
    Regions,
    EndsWithin,
    AnswerWithin,
    InCharge,
    DevicesDue,
    Interested,
    FailedMails,
    Sort,
    Columns,
    Cursor,
    Language,
    Organisation,
    Trial,
    Deeds,
    MailStates,
}

impl Query {
    const FILTERS: &[Query] = &[
        Query::Search,
        Query::Statuses,
        Query::Services,
        Query::Regions,
        Query::EndsWithin,
        Query::AnswerWithin,
        Query::InCharge,
        Query::DevicesDue,
        Query::Interested,
        Query::FailedMails,
        Query::Sort,
    ];
    pub(super) const CUSTOMERS: Queries = &[Query::FILTERS, &[Query::Cursor]];
    pub(super) const CUSTOMERS_CSV: Queries = &[Query::FILTERS, &[Query::Columns, Query::Language]];
    pub(super) const OF_ORGANISATION: Queries = &[&[Query::Organisation]];
    pub(super) const PEOPLE: Queries = &[&[Query::Organisation, Query::Search, Query::Cursor]];
    pub(super) const JOURNAL: Queries = &[&[Query::Organisation, Query::Trial, Query::Deeds, Query::Cursor]];
    pub(super) const JOURNAL_CSV: Queries = &[&[Query::Organisation, Query::Trial, Query::Deeds, Query::Language]];
    pub(super) const MAILS: Queries = &[&[Query::Organisation, Query::Trial, Query::MailStates, Query::Cursor]];
    pub(super) const MAILBOX: Queries = &[&[Query::Search, Query::Cursor]];
    pub(super) const LANGUAGE: Queries = &[&[Query::Language]];

    fn written(self) -> Value {
        let text = json!({ "type": "string" });
        let days = json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX });
        let flag = json!({ "type": "boolean" });
        let (name, description, schema) = match self {
            Query::Search => ("q", "Search text (Q2, H5).", text),
            Query::Statuses => {
                ("status", "Statuses; none means those of the default view (Q3, Q11).", list::<Status>())
            }
            Query::Services => ("service", "Services of which a trial has one (Q3).", list::<Service>()),
            Query::Regions => ("region", "Data residency regions (Q3).", list::<Region>()),
            Query::EndsWithin => ("ends_within", "A trial runs and ends within so many days (Q3).", days),
            Query::AnswerWithin => ("answer_within", "A request can be answered for so many days at most (Q12).", days),
            Query::InCharge => ("in_charge", "The id of the person in charge, or `nobody` (P9).", text),
            Query::DevicesDue => ("devices_due", "Devices that have to come back (Q3).", one::<DevicesDue>()),
            Query::Interested => ("interested", "Only those who are interested in purchasing (C1).", flag),
            Query::FailedMails => ("failed_mails", "Only those with failed mails (Q12).", flag),
            Query::Sort => {
                let names = Column::ALL.map(Column::name);
                let both: Vec<String> = names
                    .iter()
                    .map(|name| (*name).to_owned())
                    .chain(names.iter().map(|name| format!("-{name}")))
                    .collect();
                let schema = json!({ "type": "string", "enum": both, "default": Column::default().name() });
                ("sort", "The column that orders the rows; with `-` in front it is turned round (Q3).", schema)
            }
            Query::Columns => ("columns", "The columns, in their order; none means all (Q5).", list::<Column>()),
            Query::Cursor => ("cursor", "Where the page begins: `next` of the page before. It is opaque.", text),
            Query::Language => {
                ("language", "The language of the heads and names; else the reader's.", one::<Language>())
            }
            Query::Organisation => {
                ("organisation", "The customer, for a reader of a partner; others read of their own.", text)
            }
            Query::Trial => ("trial", "Only what is about this trial.", text),
            Query::Deeds => ("deed", "Only entries of these kinds (L10).", list::<Deed>()),
            Query::MailStates => ("state", "Only mails that stand so (L8).", list::<MailState>()),
        };
        let mut parameter = json!({ "name": name, "in": "query", "description": description, "schema": schema });
        if self == Query::Organisation {
            parameter["example"] = json!("customer-025");
        }
        if parameter["schema"]["type"] == "array" {
            // With commas, as the console writes it.
            parameter["style"] = json!("form");
            parameter["explode"] = json!(false);
        }
        parameter
    }
}

/// The schema of a name, written out: a parameter stands for itself.
fn one<T: JsonSchema>() -> Value {
    T::json_schema(&mut SchemaGenerator::default()).to_value()
}

fn list<T: JsonSchema>() -> Value {
    json!({ "type": "array", "items": one::<T>() })
}

/// The parameters of an operation.
pub(super) fn of(endpoint: &Described, row: &Operation) -> Value {
    let shared = |name: &str| json!({ "$ref": format!("#/components/parameters/{name}") });
    let mut parameters = Vec::new();
    if let Some((_, rest)) = endpoint.path.split_once('{') {
        parameters.push(in_path(endpoint.path, rest.split('}').next().unwrap_or_default()));
    }
    parameters.extend(row.query.iter().copied().flatten().map(|query| query.written()));
    if endpoint.method != Method::Get {
        parameters.extend([shared("IdempotencyKey"), shared("Write")]);
    }
    match row.version {
        Version::Unasked => {}
        Version::Needed => parameters.push(shared("IfMatch")),
        Version::Optional => parameters.push(shared("IfMatchOptional")),
        Version::NeededOrNew => parameters.extend([shared("IfMatchOptional"), shared("IfNoneMatch")]),
    }
    parameters.push(shared("Person"));
    Value::Array(parameters)
}

fn in_path(path: &str, name: &str) -> Value {
    let thing = path.split('/').rev().skip_while(|part| !part.starts_with('{')).nth(1).unwrap_or_default();
    // The examples are of the demonstration data.
    let (description, example) = match thing {
        "blocked-partners" => ("The partner's id.", "fjord-communications"),
        "customers" | "eligibility" => ("The organisation's id.", "customer-001"),
        "drafts" => ("The draft's id, which the client made (N18).", "a-new-trial"),
        "mailbox" | "mails" => ("The mail's id, as the ledger names it (L8).", "customer-001.0"),
        "people" => ("The person's id.", "tom-bos"),
        "receipts" => ("The id of the trial that was asked for.", "customer-029-1"),
        "requests" => ("The id of the trial that is asked for.", "customer-025-1"),
        "setup" => ("The trial's id.", "customer-029-1"),
        "shipments" => ("The trial's id and the type's name with a dot between (D4).", "customer-004-1.desk-phone"),
        "site-names" => ("The name as typed (N12).", "acme"),
        "trials" => ("The trial's id.", "customer-004-1"),
        other => panic!("what {other} are called by is to be said in openapi/parameters.rs"),
    };
    let mut schema = json!({ "type": "string", "minLength": 1 });
    if thing == "drafts" {
        schema["pattern"] = json!("^[A-Za-z0-9_-]{1,64}$");
    }
    json!({
        "name": name,
        "in": "path",
        "required": true,
        "description": description,
        "example": example,
        "schema": schema,
    })
}

/// The parameters that many operations have.
pub(super) fn shared() -> Value {
    let version = json!({ "type": "string", "pattern": ETAG });
    let if_match = |required: bool| {
        json!({
            "name": "If-Match",
            "in": "header",
            "required": required,
            "description": "The version that the request was made from (G2).",
            "example": "\"1\"",
            "schema": version,
        })
    };
    json!({
        "IdempotencyKey": {
            "name": IDEMPOTENCY_KEY,
            "in": "header",
            "required": true,
            "description": "Another one for each intent, the same one for each repetition of it (G2).",
            "schema": { "type": "string", "minLength": 16, "maxLength": 64, "pattern": "^[!-~]{16,64}$" },
        },
        "Write": {
            "name": WRITE_HEADER,
            "in": "header",
            "description": "A server needs it with this value, because no page of another origin can send it; the \
                            embedded backend does not ask for it and reads no value.",
            "schema": { "type": "string" },
            "example": WRITE_VALUE,
        },
        "IfMatch": if_match(true),
        "IfMatchOptional": if_match(false),
        "IfNoneMatch": {
            "name": "If-None-Match",
            "in": "header",
            "description": "That the thing is new; in place of `If-Match`.",
            "schema": { "type": "string", "enum": ["*"] },
        },
        "Person": {
            "name": PERSON_HEADER,
            "in": "header",
            "description": "The id of the person whom the client shows. It claims nothing: when somebody else is \
                            signed in by now, the answer is 401 and nothing is done (P7).",
            "schema": { "type": "string", "pattern": "^[!-~]+$" },
        },
    })
}
