//! Builds the OpenAPI document.

use headgate_api_types::Problem;
use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};

use crate::route::Route;
use crate::schemas::Schemas;

/// Errors: status, name of the response, description, code and message of the example.
const ERRORS: [(u16, &str, &str, &str, &str); 11] = [
    (
        400,
        "BadRequest",
        "The request is malformed.",
        "body_malformed",
        "the body is not valid JSON for this operation: missing field `revision` at line 1 column 2",
    ),
    (
        401,
        "Unauthorized",
        "The token is missing or not valid.",
        "token_missing",
        "the request has no token; send `Authorization: Bearer <token>`",
    ),
    (
        403,
        "Forbidden",
        "The caller may not do this.",
        "role_missing",
        "this requires the role approver",
    ),
    (404, "NotFound", "The resource does not exist.", "not_found", "there is no such change"),
    (
        409,
        "Conflict",
        "The current state does not allow this.",
        "revision_superseded",
        "revision 2 supersedes revision 1; decide on revision 2",
    ),
    (
        413,
        "TooLarge",
        "The body is too large.",
        "body_oversized",
        "the body is larger than 262144 bytes; upload large content as an artifact",
    ),
    (
        422,
        "Refused",
        "The content is not valid. The message contains all reasons.",
        "change_refused",
        "rollback_missing: the dossier has no rollback",
    ),
    (
        429,
        "TooManyRequests",
        "API Gateway accepts no more requests now; try again later.",
        "gateway",
        "Too Many Requests",
    ),
    (
        502,
        "BadGateway",
        "The function failed. The same request may be sent again.",
        "gateway",
        "Internal server error",
    ),
    (
        503,
        "Unavailable",
        "A service behind the API failed. The same request may be sent again.",
        "unavailable",
        "a service behind this API failed; send the same request again",
    ),
    (
        504,
        "Timeout",
        "The function took too long. The same request may be sent again.",
        "gateway",
        "Endpoint request timed out",
    ),
];

/// Headers of every answer: name, description, example.
const HEADERS: [(&str, &str, &str); 2] = [
    (
        "x-request-id",
        "Id of the request, which is also in the logs.",
        "6a7f3f4e-8f7d-4a53-9d0e-2c4b1b0f5a11",
    ),
    (
        "traceparent",
        "Trace that the request belongs to (W3C Trace Context).",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    ),
];

/// Path parameters: name, description, pattern.
const PARAMETERS: [(&str, &str, &str); 11] = [
    ("id", "Id of the resource.", ""),
    ("permit", "Id of the permit.", ""),
    ("phase", "Id of the phase.", ""),
    ("interrupt", "Id of the question.", ""),
    ("environment", "Name of the environment.", ""),
    ("sha256", "SHA-256 of the evidence, in lower-case hexadecimal digits.", ""),
    ("principal", "Id of the proposer.", ""),
    ("model", "Name of the model.", ""),
    ("family", "Family of tasks, for example `terraform`.", ""),
    ("seq", "Number of the entry, from 1.", "^[0-9]{1,12}$"),
    ("fingerprint", "Fingerprint of the group.", "^[0-9a-f]{64}$"),
];

pub fn document(routes: Vec<Route>) -> Value {
    let mut schemas = Schemas::new();
    let problem = schemas.answer(SchemaGenerator::subschema_for::<Problem>);
    let mut paths: Map<String, Value> = Map::new();
    for route in routes {
        let operation = operation(&route, &mut schemas);
        let known = paths.entry(route.path).or_insert_with(|| json!({}));
        known[route.method] = operation;
    }
    let headers: Map<String, Value> = HEADERS
        .iter()
        .map(|(name, description, example)| {
            let schema = json!({ "type": "string" });
            let header =
                json!({ "description": description, "schema": schema, "example": example });
            ((*name).to_owned(), header)
        })
        .collect();
    let responses: Map<String, Value> = ERRORS
        .iter()
        .map(|(_, name, description, code, message)| {
            let example = json!({
                "error": code, "message": message,
                "request_id": HEADERS[0].2, "trace_id": "0af7651916cd43dd8448eb211c80319c",
            });
            let content = json!({ "application/json": { "schema": problem, "example": example } });
            let response =
                json!({ "description": description, "headers": shared_headers(), "content": content });
            ((*name).to_owned(), response)
        })
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Headgate",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Changes, decisions, permits and timelines. Every request except `GET /v1/keys` needs a bearer token from the issuer that the fleet was deployed with. Generated from shared/api/types by `cargo xtask schemas`.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{
            "url": "https://{api}.execute-api.{region}.amazonaws.com/{stage}",
            "variables": {
                "api": { "default": "abc123" },
                "region": { "default": "eu-central-1" },
                "stage": { "default": "sandbox" },
            },
        }],
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" } },
            "headers": headers,
            "responses": responses,
            "schemas": schemas.definitions(),
        },
    })
}

fn shared_headers() -> Value {
    let reference = |name: &str| json!({ "$ref": format!("#/components/headers/{name}") });
    HEADERS.iter().map(|(name, ..)| ((*name).to_owned(), reference(name))).collect()
}

fn operation(route: &Route, schemas: &mut Schemas) -> Value {
    let mut responses: Map<String, Value> = errors(route)
        .into_iter()
        .map(|status| {
            let name = ERRORS.iter().find(|e| e.0 == status).unwrap().1;
            (status.to_string(), json!({ "$ref": format!("#/components/responses/{name}") }))
        })
        .collect();
    let (answer, example) = route.answer.unwrap();
    let content = json!({ "schema": schemas.answer(answer), "example": example_of(example) });
    let response = json!({
        "description": if route.status == 202 { "Accepted" } else { "Success" },
        "headers": shared_headers(),
        "content": { "application/json": content },
    });
    responses.insert(route.status.to_string(), response);
    let mut operation = json!({
        "operationId": id(route),
        "summary": route.summary,
        "x-function": route.function,
        "responses": responses,
    });
    if !route.description.is_empty() {
        operation["description"] = json!(route.description);
    }
    if route.public {
        operation["security"] = json!([]);
    }
    let parameters = parameters(route);
    if !parameters.is_empty() {
        operation["parameters"] = json!(parameters);
    }
    if let Some((request, example)) = route.request {
        let content = json!({ "schema": schemas.request(request), "example": example_of(example) });
        operation["requestBody"] =
            json!({ "required": true, "content": { "application/json": content } });
    }
    operation
}

/// `get-v1-changes-id` for `GET /v1/changes/{id}`.
fn id(route: &Route) -> String {
    let words = route.path.split(['/', '{', '}']).filter(|w| !w.is_empty());
    words.fold(route.method.to_owned(), |id, word| format!("{id}-{word}"))
}

fn errors(route: &Route) -> Vec<u16> {
    let mut all = route.errors.to_vec();
    // API Gateway answers 429 by itself, and 502 or 504 if the function fails.
    all.extend([429, 502, 503, 504]);
    if !route.public {
        all.push(401);
    }
    // Reading needs a role. Everybody may see their own delegations.
    if route.function == "query-api" && route.path != "/v1/delegations" {
        all.push(403);
    }
    let named = route.path.contains('{');
    if named || !route.query.is_empty() || route.request.is_some() {
        all.push(400);
    }
    if named {
        all.push(404);
    }
    if route.request.is_some() {
        all.push(413);
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn parameters(route: &Route) -> Vec<Value> {
    let names = route.path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let mut all: Vec<Value> = names
        .map(|name| {
            let (_, description, pattern) = PARAMETERS.iter().find(|p| p.0 == name).unwrap();
            let mut schema = json!({ "type": "string", "minLength": 1, "maxLength": 256 });
            if !pattern.is_empty() {
                schema = json!({ "type": "string", "pattern": pattern });
            }
            json!({ "name": name, "in": "path", "required": true, "description": description, "schema": schema })
        })
        .collect();
    if route.keyed {
        all.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "Requests with the same key are one request: send the same key again if you got no answer.",
            "schema": { "type": "string", "pattern": "^[!-~]{1,128}$" },
        }));
    }
    all.extend(route.query.iter().map(|(name, description, schema, required)| {
        let schema: Value = serde_json::from_str(schema).unwrap();
        json!({ "name": name, "in": "query", "required": required, "description": description, "schema": schema })
    }));
    all
}

fn example_of(name: &str) -> Value {
    let path = format!("{}/examples/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}
