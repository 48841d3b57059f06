//! Generates `openapi.json` from the types and the table of routes, and compares it with the committed file.
//! `HEADGATE_UPDATE=1` writes the file instead.
#![allow(clippy::unwrap_used)]

mod document;
mod engagements;
mod record;
mod route;
mod routes;
mod schemas;

use std::path::PathBuf;

use serde_json::{Value, json};

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../openapi.json")
}

#[test]
fn the_committed_document_is_up_to_date() {
    let document = document::document(routes::all());
    let text = format!("{}\n", serde_json::to_string_pretty(&document).unwrap());
    if std::env::var_os("HEADGATE_UPDATE").is_some() {
        std::fs::write(file(), &text).unwrap();
    }
    let committed = std::fs::read_to_string(file()).unwrap_or_default();
    assert!(committed == text, "openapi.json is outdated; run `cargo xtask schemas`");
}

/// Every body in the document: where it stands, its schema and its example.
fn bodies(document: &Value) -> Vec<(String, Value, Value)> {
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let mut add = |what: String, body: &Value| {
                let content = &body["content"]["application/json"];
                if !content.is_null() {
                    let (schema, example) = (content["schema"].clone(), content["example"].clone());
                    found.push((format!("{method} {path} {what}"), schema, example));
                }
            };
            add("request".to_owned(), &operation["requestBody"]);
            for (status, response) in operation["responses"].as_object().unwrap() {
                let reference = response["$ref"].as_str();
                let response = match reference {
                    Some(r) => document.pointer(r.trim_start_matches('#')).unwrap(),
                    None => response,
                };
                add(status.clone(), response);
            }
        }
    }
    found
}

#[test]
fn every_body_has_an_example_that_matches_its_schema() {
    let document = document::document(routes::all());
    let found = bodies(&document);
    assert!(found.len() > 100, "{}", found.len());
    for (place, schema, example) in found {
        assert!(!example.is_null(), "{place} has no example");
        let mut root = schema;
        root["components"] = document["components"].clone();
        let validator = jsonschema::draft202012::new(&root).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&example)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{place}: {errors:?}");
    }
}

#[test]
fn a_body_that_does_not_match_is_noticed() {
    let document = document::document(routes::all());
    let mut root =
        document["paths"]["/v1/changes"]["get"]["responses"]["200"]["content"]["application/json"]
            ["schema"]
            .clone();
    root["components"] = document["components"].clone();
    let validator = jsonschema::draft202012::new(&root).unwrap();
    assert!(validator.is_valid(&json!({ "changes": [], "next_cursor": null })));
    assert!(!validator.is_valid(&json!({ "changes": [] })));
    assert!(!validator.is_valid(&json!({ "changes": [{}], "next_cursor": null })));
}
