//! How the types with a reader of their own are written, as JSON Schema.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::draft::Field;
use crate::region::{CountryCode, countries};
use crate::service::Duration;
use crate::site::{SITE_NAME_MAX, SiteName};
use crate::verdict::RuleId;

impl JsonSchema for RuleId {
    fn schema_name() -> Cow<'static, str> {
        "RuleId".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The number of a rule: the letter of its group and its number.",
            "type": "string",
            "pattern": "^[A-Z][0-9]{1,2}$",
            "examples": ["P3", "X10"],
        })
    }
}

impl JsonSchema for Field {
    fn schema_name() -> Cow<'static, str> {
        "Field".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A field of the wizard; what it is a part of stands before a dot.",
            "type": "string",
            "pattern": "^[a-z-]+([.][0-9]+)?([.][a-z-]+)?$",
            "examples": ["licences", "ship-to.city"],
        })
    }
}

impl JsonSchema for CountryCode {
    fn schema_name() -> Cow<'static, str> {
        "CountryCode".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let codes: Vec<&str> = countries().iter().map(|country| country.code.as_str()).collect();
        json_schema!({
            "description": "A country of ISO 3166-1, by its two capital letters.",
            "type": "string",
            "enum": codes,
        })
    }
}

impl JsonSchema for Duration {
    fn schema_name() -> Cow<'static, str> {
        "Duration".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "For how long a trial runs, in days (N10).",
            "type": "integer",
            "enum": Duration::ALL.map(Duration::days),
        })
    }
}

impl JsonSchema for SiteName {
    fn schema_name() -> Cow<'static, str> {
        "SiteName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A name of a Meetings site: a DNS label without capitals (N12).",
            "type": "string",
            "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
            "maxLength": SITE_NAME_MAX,
        })
    }
}
