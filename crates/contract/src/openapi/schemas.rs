//! The schemas of what travels. A type is not read as it is written: what has a default may be left
//! out by who sends it, and is always there in an answer. Where that makes a difference a type stands
//! twice, and as it is sent it has `Sent` behind its name.

use std::collections::BTreeSet;

use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::Described;
use crate::error::Document;

const PREFIX: &str = "#/components/schemas/";

/// Writes the schema of a type.
type Write = fn(&mut SchemaGenerator) -> Schema;

/// The schemas of requests and of answers.
pub(super) struct Schemas {
    asked: SchemaGenerator,
    answers: SchemaGenerator,
    /// The names of types that are read otherwise than they are written.
    twice: BTreeSet<String>,
}

impl Schemas {
    /// The schemas of all that travels to and from some endpoints.
    pub(super) fn of(endpoints: &[Described]) -> Schemas {
        let settings = || {
            SchemaSettings::draft2020_12().with(|settings| {
                settings.definitions_path = PREFIX.into();
                settings.meta_schema = None;
            })
        };
        let mut schemas = Schemas {
            asked: settings().for_deserialize().into_generator(),
            answers: settings().for_serialize().into_generator(),
            twice: BTreeSet::new(),
        };
        for endpoint in endpoints {
            if let Some(write) = endpoint.asked {
                write(&mut schemas.asked);
            }
            (endpoint.answer)(&mut schemas.answers);
        }
        schemas.answers.subschema_for::<Document>();
        schemas.twice = twice(schemas.asked.definitions(), schemas.answers.definitions());
        schemas
    }

    /// The schema of a request's body.
    pub(super) fn asked(&mut self, write: Write) -> Value {
        let mut schema = write(&mut self.asked).to_value();
        rename(&mut schema, &|name| self.asked_name(name));
        schema
    }

    /// The schema of an answer.
    pub(super) fn answer(&mut self, write: Write) -> Value {
        let mut schema = write(&mut self.answers).to_value();
        rename(&mut schema, &capital);
        schema
    }

    /// The schemas of all types, by name.
    pub(super) fn finish(mut self) -> Map<String, Value> {
        let mut all = Map::new();
        for (name, mut schema) in self.answers.take_definitions(true) {
            rename(&mut schema, &capital);
            all.insert(capital(&name), schema);
        }
        for (name, mut schema) in self.asked.take_definitions(true) {
            rename(&mut schema, &|name| self.asked_name(name));
            all.insert(self.asked_name(&name), schema);
        }
        all.values_mut().for_each(bound);
        all
    }

    /// The name of a type as it is sent.
    fn asked_name(&self, name: &str) -> String {
        match self.twice.contains(name) {
            true => format!("{}Sent", capital(name)),
            false => capital(name),
        }
    }
}

/// A name with a capital in front: that of a generic type begins with what it is of, such as `string`.
fn capital(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(characters).collect()
}

fn rename(schema: &mut Value, named: &impl Fn(&str) -> String) {
    each(schema, &mut |object| {
        if let Some(Value::String(reference)) = object.get_mut("$ref")
            && let Some(name) = reference.strip_prefix(PREFIX)
        {
            *reference = format!("{PREFIX}{}", named(name));
        }
    });
}

/// The names that stand for different schemas in requests and answers, by themselves or by what
/// they refer to.
fn twice(asked: &Map<String, Value>, answers: &Map<String, Value>) -> BTreeSet<String> {
    let both = || asked.iter().filter_map(|(name, one)| Some((name, one, answers.get(name)?)));
    let mut twice: BTreeSet<String> =
        both().filter(|(_, one, other)| one != other).map(|(name, ..)| name.clone()).collect();
    loop {
        let before = twice.len();
        let found: Vec<String> = both()
            .filter(|(_, one, _)| references(one).iter().any(|reference| twice.contains(reference)))
            .map(|(name, ..)| name.clone())
            .collect();
        twice.extend(found);
        if twice.len() == before {
            return twice;
        }
    }
}

fn references(schema: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    each(&mut schema.clone(), &mut |object| {
        if let Some(name) = object.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix(PREFIX)) {
            found.insert(name.to_owned());
        }
    });
    found
}

/// Names the bounds of whole numbers: `uint32` is a format that only some readers know.
fn bound(schema: &mut Value) {
    each(schema, &mut |object| {
        let maximum = match object.get("format").and_then(Value::as_str) {
            Some("uint32") => u64::from(u32::MAX),
            Some("uint64") => u64::MAX,
            _ => return,
        };
        object.remove("format");
        object.entry("maximum").or_insert_with(|| json!(maximum));
    });
}

/// Does something with every object within a value.
fn each(value: &mut Value, act: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            act(object);
            object.values_mut().for_each(|value| each(value, act));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| each(value, act)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
