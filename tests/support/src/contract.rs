//! Holds every answer of a router to `openapi.json`: its status, its headers and its body.

use std::sync::LazyLock;

use axum::http::HeaderMap;
use serde_json::{Value, json};

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../openapi.json")).unwrap());

/// Panics unless `openapi.json` allows this answer.
pub(crate) fn check(method: &str, path: &str, status: u16, headers: &HeaderMap, body: &Value) {
    for name in ["x-request-id", "traceparent"] {
        assert!(headers.contains_key(name), "{method} {path} answered without {name}");
    }
    let place = format!("{method} {path} answered {status}");
    let problem = json!({ "$ref": "#/components/schemas/Problem" });
    // Each function serves only some routes. API Gateway never sends it the others.
    if status == 405 {
        return fits(&problem, body, &place);
    }
    let Some(operation) = operation(method, path) else {
        assert!(status == 404, "{place}, and openapi.json has no such route");
        return fits(&problem, body, &place);
    };
    let mut response = &operation["responses"][status.to_string()];
    if let Some(reference) = response["$ref"].as_str() {
        response = DOCUMENT.pointer(reference.trim_start_matches('#')).unwrap();
    }
    let schema = &response["content"]["application/json"]["schema"];
    assert!(!schema.is_null(), "{place}, which openapi.json does not document");
    fits(schema, body, &place);
}

/// Finds the operation of a request. The most specific path wins, as in the router.
fn operation(method: &str, path: &str) -> Option<&'static Value> {
    let path = path.split('?').next()?;
    let fits = |pattern: &str| {
        let (pattern, path) = (pattern.split('/'), path.split('/'));
        pattern.clone().count() == path.clone().count()
            && pattern.zip(path).all(|(a, b)| a == b || a.starts_with('{'))
    };
    let found = DOCUMENT["paths"].as_object()?.iter().filter(|(pattern, _)| fits(pattern));
    let (_, methods) = found.min_by_key(|(pattern, _)| pattern.matches('{').count())?;
    methods.get(method.to_lowercase())
}

fn fits(schema: &Value, body: &Value, place: &str) {
    let mut root = schema.clone();
    root["components"] = DOCUMENT["components"].clone();
    let validator = jsonschema::draft202012::new(&root).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(body).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(
        errors.is_empty(),
        "{place} with {body}, which openapi.json does not allow: {errors:?}"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, body: &Value) {
        let mut headers = HeaderMap::new();
        headers.insert("x-request-id", "r".parse().unwrap());
        headers.insert("traceparent", "t".parse().unwrap());
        check("GET", "/v1/changes", status, &headers, body);
    }

    #[test]
    fn a_documented_answer_passes() {
        answered(200, &json!({ "changes": [], "next_cursor": null }));
    }

    #[test]
    #[should_panic(expected = "does not allow")]
    fn a_missing_field_is_noticed() {
        answered(200, &json!({ "changes": [] }));
    }

    #[test]
    #[should_panic(expected = "does not document")]
    fn an_undocumented_status_is_noticed() {
        answered(409, &json!({}));
    }
}
