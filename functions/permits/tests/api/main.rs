//! Permits over HTTP: what is written, published, answered and refused.
#![allow(clippy::unwrap_used)]

mod attestation;
mod break_lock;
mod credentials;
mod environment;
mod issue;
mod kms;
mod redeem;
mod report;

use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueOutput;
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use axum::Router;
use headgate_clients::{Roles, Secrets, SigningKeys};
use headgate_domain::change::Status;
use headgate_domain::records::{EnvironmentLock, PermitRecord};
use headgate_ledger::Key;
use headgate_permit_tokens::{KeyRing, PermitClaims};
use headgate_permits::{Api, Heartbeats, PermitKeys, Place, heartbeat_router, router};
use headgate_review::Served;
use headgate_test_support::*;
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::sync::Arc;

struct Fleet {
    aws: Aws,
    ring: KeyRing,
    served: Served,
    sts: aws_sdk_sts::Client,
    kms: aws_sdk_kms::Client,
    place: Place,
}

impl Fleet {
    fn new(status: Status) -> Self {
        let aws = Aws::new()
            .with(&Key::change(&CHANGE.into()), &head(status))
            .with(&Key::revision(&CHANGE.into(), 1), &revision())
            .with(&Key::review(&CHANGE.into(), 1), &report())
            .with(&Key::approval(&CHANGE.into(), 1), &approved());
        // KMS must not be asked.
        let kms = mock_client!(aws_sdk_kms, RuleMode::MatchAny, []);
        let ring = KeyRing::new(now()).unwrap();
        Self {
            aws,
            ring,
            served: served(),
            sts: no_sts(),
            kms,
            place: Place::Secret("permit-key".to_owned()),
        }
    }

    fn with(mut self, key: &Key, value: &impl serde::Serialize) -> Self {
        self.aws = self.aws.with(key, value);
        self
    }

    fn permit(self, permit: &PermitRecord) -> Self {
        self.with(&Key::permit(&CHANGE.into(), "p-1"), permit)
    }

    fn router(&self) -> Router {
        let text = self.ring.to_text();
        let secret = mock!(aws_sdk_secretsmanager::Client::get_secret_value)
            .then_output(move || GetSecretValueOutput::builder().secret_string(&text).build());
        let client = mock_client!(aws_sdk_secretsmanager, RuleMode::MatchAny, [&secret]);
        router(Api {
            flow: self.aws.flow("permits-api"),
            verifier: verifier(),
            keys: Arc::new(PermitKeys::new(
                Secrets::new(client),
                SigningKeys::new(self.kms.clone()),
                self.place.clone(),
            )),
            served: self.served.clone(),
            roles: Roles::new(self.sts.clone()),
            permit_seconds: 900,
        })
    }

    fn heartbeats(&self) -> Router {
        let flow = self.aws.flow("permits-heartbeat");
        heartbeat_router(Heartbeats {
            ledger: flow.ledger,
            verifier: verifier(),
            clock: flow.clock,
        })
    }

    async fn beat(&self, permit: &str) -> Answer {
        let path = format!("/v1/changes/{CHANGE}/permits/{permit}/heartbeat");
        executor().post(self.heartbeats(), &path, &Value::Null).await
    }

    /// A permit as it was signed for `permit()`.
    fn token(&self, edit: impl FnOnce(&mut PermitClaims)) -> String {
        let mut claims = claims();
        edit(&mut claims);
        self.ring.permit(&claims).unwrap().sign().unwrap()
    }

    async fn post(&self, path: &str, body: &Value) -> Answer {
        let path = format!("/v1/changes/{CHANGE}/permits{path}");
        executor().post(self.router(), &path, body).await
    }

    async fn redeem(&self, token: &str) -> Answer {
        let body = json!({
            "permit": token, "account": ACCOUNT, "plan_hash": PLAN, "plan_file_sha256": PLAN_FILE,
        });
        self.post("/p-1/use", &body).await
    }
}

/// What is signed of `permit()`.
fn claims() -> PermitClaims {
    let record = permit();
    PermitClaims {
        iss: "headgate".into(),
        sub: record.issued_to,
        jti: record.permit_id,
        iat: now().as_second(),
        exp: record.expires_at.as_second(),
        change_id: record.change_id,
        revision: 1,
        content_hash: record.content_hash,
        plan_hash: record.plan_hash,
        plan_file_sha256: PLAN_FILE.into(),
        files_sha256: None,
        account: record.account,
        region: record.region,
        environment: record.environment,
        lane: "execute".into(),
    }
}

/// STS that must not be asked.
fn no_sts() -> aws_sdk_sts::Client {
    mock_client!(aws_sdk_sts, RuleMode::MatchAny, [])
}

fn executor() -> Caller {
    Caller::new("exec", &["executor"])
}

fn request() -> Value {
    json!({
        "revision": 1, "content_hash": CONTENT, "plan_hash": PLAN, "plan_file_sha256": PLAN_FILE,
    })
}

fn lock(permit: &str, until: jiff::Timestamp) -> EnvironmentLock {
    EnvironmentLock {
        environment: "local".into(),
        change_id: CHANGE.into(),
        permit_id: permit.into(),
        holder: "exec".into(),
        taken_at: now() - SignedDuration::from_mins(1),
        ended: false,
        ends_at: Some(now() + SignedDuration::from_hours(3)),
        credentials_until: None,
        broken: None,
        expires_at: until,
    }
}

/// The permit of the apply that took the lock last.
fn last(reported_at: Option<jiff::Timestamp>) -> PermitRecord {
    PermitRecord {
        permit_id: "p-0".into(),
        used_at: Some(now() - SignedDuration::from_hours(1)),
        reported_at,
        ..permit()
    }
}

fn outcome() -> Value {
    json!({ "outcome": "succeeded", "verification": "2 added", "duration_ms": 4200 })
}
