//! Callers of a router, with tokens of an issuer that the verifier trusts.

use std::sync::LazyLock;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use headgate::token::StoredKey;
use headgate_http::{AuthConfig, Claims, Verifier, with_context};
use headgate_runtime::config::Vars;
use lambda_http::Service as _;
use serde_json::Value;

use crate::contract;

static KEY: LazyLock<StoredKey> = LazyLock::new(|| StoredKey::generate().unwrap());
const ISSUER: &str = "https://tokens.test";
const AUDIENCE: &str = "headgate";

/// A verifier that trusts the tokens of these tests.
#[must_use]
pub fn verifier() -> Verifier {
    let jwks = KEY.jwks().to_string();
    let mut vars = Vars::from_pairs(&[
        ("HEADGATE_OIDC_ISSUER", ISSUER),
        ("HEADGATE_OIDC_AUDIENCE", AUDIENCE),
        ("HEADGATE_OIDC_JWKS", &jwks),
        ("HEADGATE_PERSON_EVIDENCE", r#"{"claim": "amr", "values": ["user"]}"#),
    ]);
    Verifier::new(AuthConfig::from_vars(&mut vars)).unwrap()
}

/// Somebody who calls the API.
pub struct Caller {
    token: Option<String>,
    /// The idempotency key of the next requests.
    key: Option<&'static str>,
}

/// A response.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// JSON body.
    pub body: Value,
}

impl Answer {
    /// Status and stable error code.
    #[must_use]
    pub fn error(&self) -> (u16, &str) {
        (self.status, self.body["error"].as_str().unwrap_or_default())
    }

    /// Status and message, without the ids of the request.
    #[must_use]
    pub fn said(&self) -> String {
        let text = |name: &str| self.body[name].as_str().unwrap_or_default().to_owned();
        format!("{} {}: {}", self.status, text("error"), text("message"))
    }
}

impl Caller {
    /// A caller with a valid token for these roles.
    #[must_use]
    pub fn new(subject: &str, roles: &[&str]) -> Self {
        let person = !roles.contains(&"agent");
        Self::signed_in(subject, roles, if person { &["user"] } else { &[] })
    }

    /// A caller whose token says that they signed in this way (the claim `amr`). Only `user` is evidence of a person.
    #[must_use]
    pub fn signed_in(subject: &str, roles: &[&str], amr: &[&str]) -> Self {
        let now = jiff::Timestamp::now().as_second();
        let agent = roles.contains(&"agent");
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: subject.to_owned(),
            exp: now + 600,
            nbf: now - 60,
            amr: amr.iter().map(|a| (*a).to_owned()).collect(),
            roles: roles.iter().map(|r| (*r).to_owned()).collect(),
            human_owner: agent.then(|| "dana".into()),
        };
        Self { token: Some(KEY.sign(&claims).unwrap()), key: None }
    }

    /// A caller without a token.
    #[must_use]
    pub fn nobody() -> Self {
        Self { token: None, key: None }
    }

    /// The same caller, with an idempotency key.
    #[must_use]
    pub fn keyed(self, key: &'static str) -> Self {
        Self { key: Some(key), ..self }
    }

    /// Sends a request through the router, as API Gateway would. Panics if `openapi.json` does not allow the answer.
    pub async fn send(&self, router: Router, method: &str, path: &str, body: &Value) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if let Some(key) = self.key {
            request = request.header("idempotency-key", key);
        }
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        let request = request.body(body).unwrap();
        let response = with_context(router).call(request).await.unwrap();
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let bytes = axum::body::to_bytes(response.into_body(), 10_000_000).await.unwrap();
        let body = serde_json::from_slice(&bytes).unwrap_or_default();
        contract::check(method, path, status, &headers, &body);
        Answer { status, body }
    }

    /// `GET`.
    pub async fn get(&self, router: Router, path: &str) -> Answer {
        self.send(router, "GET", path, &Value::Null).await
    }

    /// `POST`.
    pub async fn post(&self, router: Router, path: &str, body: &Value) -> Answer {
        self.send(router, "POST", path, body).await
    }
}
