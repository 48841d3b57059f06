//! The schemas of requests and answers. They differ: a field with a default is optional in a request, but always
//! present in an answer.

use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value};

use crate::route::Make;

const FOLDER: &str = "#/components/schemas/";

pub struct Schemas {
    requests: SchemaGenerator,
    answers: SchemaGenerator,
}

fn settings() -> SchemaSettings {
    SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    })
}

impl Schemas {
    pub fn new() -> Self {
        Self {
            requests: settings().for_deserialize().into_generator(),
            answers: settings().for_serialize().into_generator(),
        }
    }

    pub fn request(&mut self, make: Make) -> Value {
        prefixed(make(&mut self.requests))
    }

    pub fn answer(&mut self, make: Make) -> Value {
        make(&mut self.answers).to_value()
    }

    /// All definitions. Those of requests have the suffix `Input`.
    pub fn definitions(mut self) -> Map<String, Value> {
        let mut all = self.answers.take_definitions(true);
        for (name, schema) in self.requests.take_definitions(true) {
            let mut schema = schema;
            rename(&mut schema);
            all.insert(format!("{name}Input"), schema);
        }
        all
    }
}

fn prefixed(schema: Schema) -> Value {
    let mut schema = schema.to_value();
    rename(&mut schema);
    schema
}

/// Points every reference to the definition with the suffix.
fn rename(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map.iter_mut() {
                match inner {
                    Value::String(to) if key == "$ref" && to.starts_with(FOLDER) => {
                        to.push_str("Input");
                    }
                    inner => rename(inner),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(rename),
        _ => {}
    }
}
