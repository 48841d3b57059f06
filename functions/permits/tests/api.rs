//! Permits over HTTP: what is written, published, answered and refused.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueOutput;
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use axum::Router;
use headgate_clients::Secrets;
use headgate_domain::change::Status;
use headgate_domain::records::{EnvironmentLock, PermitRecord};
use headgate_ledger::Key;
use headgate_permit_tokens::{KeyRing, PermitClaims};
use headgate_permits::{Api, PermitKeys, router};
use headgate_test_support::*;
use insta::assert_json_snapshot;
use jiff::SignedDuration;
use serde_json::{Value, json};

struct Fleet {
    aws: Aws,
    ring: KeyRing,
}

impl Fleet {
    fn new(status: Status) -> Self {
        let approval = headgate_domain::approval::Approval {
            outcome: Some(headgate_events::Outcome::Approved),
            ..approval()
        };
        let aws = Aws::new()
            .with(&Key::change(&CHANGE.into()), &head(status))
            .with(&Key::revision(&CHANGE.into(), 1), &revision())
            .with(&Key::review(&CHANGE.into(), 1), &report())
            .with(&Key::approval(&CHANGE.into(), 1), &approval);
        Self { aws, ring: KeyRing::new(now()).unwrap() }
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
            keys: Arc::new(PermitKeys::new(Secrets::new(client), "permit-key")),
            served: served(),
            permit_seconds: 900,
        })
    }

    /// A permit as it was signed for `permit()`.
    fn token(&self, edit: impl FnOnce(&mut PermitClaims)) -> String {
        let record = permit();
        let mut claims = PermitClaims {
            iss: "headgate".into(),
            sub: record.issued_to,
            jti: record.permit_id,
            iat: now().as_second(),
            exp: record.expires_at.as_second(),
            change_id: record.change_id,
            revision: 1,
            content_hash: record.content_hash,
            plan_hash: record.plan_hash,
            account: record.account,
            region: record.region,
            environment: record.environment,
            lane: "execute".into(),
        };
        edit(&mut claims);
        self.ring.sign(&claims).unwrap()
    }

    async fn post(&self, path: &str, body: &Value) -> Answer {
        let path = format!("/v1/changes/{CHANGE}/permits{path}");
        executor().post(self.router(), &path, body).await
    }

    async fn redeem(&self, token: &str) -> Answer {
        let body = json!({ "permit": token, "account": ACCOUNT, "plan_hash": PLAN });
        self.post("/p-1/use", &body).await
    }
}

fn executor() -> Caller {
    Caller::new("exec", &["executor"])
}

fn request() -> Value {
    json!({ "revision": 1, "content_hash": CONTENT, "plan_hash": PLAN })
}

#[tokio::test]
async fn an_approved_change_gets_a_permit() {
    let fleet = Fleet::new(Status::Approved);
    let answer = fleet.post("", &request()).await;
    assert_eq!((answer.status, fleet.aws.published()), (201, vec!["permit.issued.v1".to_owned()]));
    let token = answer.body["permit"].as_str().unwrap();
    let claims = fleet.ring.public(now()).verify(token, now().as_second()).unwrap();
    assert_eq!((claims.content_hash.as_str(), claims.account.as_str()), (CONTENT, ACCOUNT));
    assert_json_snapshot!("issued", fleet.aws.record_without_ids());
}

#[tokio::test]
async fn a_change_that_is_not_approved_gets_none() {
    for status in [Status::AwaitingDecision, Status::Rejected, Status::Executed, Status::Applying] {
        let fleet = Fleet::new(status);
        let answer = fleet.post("", &request()).await;
        assert_eq!((answer.error(), fleet.aws.writes()), ((409, "not_approved"), 0), "{status:?}");
    }
}

#[tokio::test]
async fn other_content_or_another_plan_is_refused_and_recorded() {
    for (member, code) in
        [("content_hash", "content_hash_mismatch"), ("plan_hash", "plan_hash_mismatch")]
    {
        let fleet = Fleet::new(Status::Approved);
        let mut body = request();
        body[member] = "other".into();
        let answer = fleet.post("", &body).await;
        assert_eq!(answer.error(), (409, code));
        assert_eq!(fleet.aws.published(), ["permit.refused.v1"]);
    }
}

#[tokio::test]
async fn only_an_executor_gets_a_permit() {
    let fleet = Fleet::new(Status::Approved);
    let path = format!("/v1/changes/{CHANGE}/permits");
    let alice = Caller::new("alice", &["approver"]);
    let answer = alice.post(fleet.router(), &path, &request()).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((403, "role_missing"), 0));
}

#[tokio::test]
async fn a_review_under_other_policies_gets_none() {
    let mut report = report();
    report.bundle_digest = "older".into();
    let fleet = Fleet::new(Status::Approved).with(&Key::review(&CHANGE.into(), 1), &report);
    assert_eq!(fleet.post("", &request()).await.error(), (409, "policies_changed"));
}

#[tokio::test]
async fn a_plan_file_that_the_proposal_names_is_required() {
    let mut revision = revision();
    let mut file = revision.proposed.dossier.plan.clone();
    file.media_type = headgate_domain::content::PLAN_FILE.to_owned();
    revision.proposed.dossier.evidence.push(file);
    let fleet = Fleet::new(Status::Approved).with(&Key::revision(&CHANGE.into(), 1), &revision);
    let answer = fleet.post("", &request()).await;
    assert_eq!(answer.error(), (409, "plan_file_mismatch"));
    assert_json_snapshot!("plan_file_mismatch", answer.said());
}

#[tokio::test]
async fn redeeming_spends_the_permit_and_locks_the_environment() {
    let fleet = Fleet::new(Status::Approved).permit(&permit());
    let answer = fleet.redeem(&fleet.token(|_| ())).await;
    assert_eq!(answer.status, 200);
    assert_json_snapshot!("redeemed", fleet.aws.record());
}

#[tokio::test]
async fn a_permit_is_spent_once() {
    let used = PermitRecord { used_at: Some(now()), ..permit() };
    let fleet = Fleet::new(Status::Approved).permit(&used);
    let answer = fleet.redeem(&fleet.token(|_| ())).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "permit_used"), 0));
}

#[tokio::test]
async fn of_two_at_once_one_meets_a_conflict() {
    let mut fleet = Fleet::new(Status::Approved).permit(&permit());
    fleet.aws = fleet.aws.refusing(&[Refusal::Conflict]);
    let answer = fleet.redeem(&fleet.token(|_| ())).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "permit_contended"), 0));
}

#[tokio::test]
async fn a_forged_or_expired_permit_is_refused() {
    let fleet = Fleet::new(Status::Approved).permit(&permit());
    let other = KeyRing::new(now()).unwrap();
    let stranger = Fleet { aws: Aws::new(), ring: other }.token(|_| ());
    assert_eq!(fleet.redeem(&stranger).await.error(), (403, "permit_forged"));
    assert_eq!(fleet.redeem("no.jwt.at-all").await.error(), (403, "permit_forged"));
    let expired = fleet.token(|c| c.exp = now().as_second() - 120);
    assert_eq!(fleet.redeem(&expired).await.error(), (409, "permit_expired"));
    assert_eq!(fleet.aws.writes(), 0);
}

#[tokio::test]
async fn a_permit_of_something_else_is_refused() {
    let fleet = Fleet::new(Status::Approved).permit(&permit());
    let answer = fleet.redeem(&fleet.token(|c| c.jti = "p-2".into())).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "permit_mismatch"), 0));
}

#[tokio::test]
async fn another_account_is_refused() {
    let fleet = Fleet::new(Status::Approved).permit(&permit());
    let body =
        json!({ "permit": fleet.token(|_| ()), "account": "999999999999", "plan_hash": PLAN });
    let answer = fleet.post("/p-1/use", &body).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((403, "permit_account"), 0));
}

fn lock(permit: &str, until: jiff::Timestamp) -> EnvironmentLock {
    EnvironmentLock {
        environment: "local".into(),
        change_id: CHANGE.into(),
        permit_id: permit.into(),
        holder: "exec".into(),
        taken_at: now() - SignedDuration::from_mins(1),
        expires_at: until,
    }
}

#[tokio::test]
async fn a_locked_environment_waits_and_a_lapsed_lock_does_not_hold() {
    let key = Key::environment_lock("local");
    let held = lock("p-0", now() + SignedDuration::from_mins(2));
    let fleet = Fleet::new(Status::Approved).permit(&permit()).with(&key, &held);
    let answer = fleet.redeem(&fleet.token(|_| ())).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "environment_locked"), 0));
    let lapsed = lock("p-0", now() - SignedDuration::from_secs(1));
    let fleet = Fleet::new(Status::Approved).permit(&permit()).with(&key, &lapsed);
    assert_eq!(fleet.redeem(&fleet.token(|_| ())).await.status, 200);
}

#[tokio::test]
async fn a_heartbeat_renews_only_the_lock_of_its_permit() {
    let key = Key::environment_lock("local");
    let used = PermitRecord { used_at: Some(now()), ..permit() };
    let own = lock("p-1", now() + SignedDuration::from_secs(30));
    let fleet = Fleet::new(Status::Applying).permit(&used).with(&key, &own);
    let answer = fleet.post("/p-1/heartbeat", &Value::Null).await;
    assert_eq!(
        (answer.status, fleet.aws.writes()),
        (200, 2),
        "the lock, and that the permit is unchanged"
    );
    let other = lock("p-0", now() + SignedDuration::from_secs(30));
    let fleet = Fleet::new(Status::Applying).permit(&used).with(&key, &other);
    let answer = fleet.post("/p-1/heartbeat", &Value::Null).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "lock_lost"), 0));
}

fn outcome() -> Value {
    json!({ "outcome": "succeeded", "verification": "2 added", "duration_ms": 4200 })
}

#[tokio::test]
async fn the_report_publishes_and_releases_the_lock() {
    let used = PermitRecord { used_at: Some(now()), ..permit() };
    let own = lock("p-1", now() + SignedDuration::from_secs(30));
    let fleet =
        Fleet::new(Status::Applying).permit(&used).with(&Key::environment_lock("local"), &own);
    let answer = fleet.post("/p-1/report", &outcome()).await;
    assert_eq!(
        (answer.status, fleet.aws.published()),
        (200, vec!["change.executed.v1".to_owned()])
    );
    assert_json_snapshot!("reported", fleet.aws.record());
}

#[tokio::test]
async fn a_second_report_changes_nothing_and_publishes_what_the_first_could_not() {
    let reported = PermitRecord { used_at: Some(now()), reported_at: Some(now()), ..permit() };
    let marker = Key::marker("permits", "p-1#report");
    let outbox = json!([{
        "id": "e-1", "source": "headgate.permits-api", "kind": "change.executed.v1", "detail": { "id": "e-1" },
    }]);
    for (published, expected) in [(true, vec![]), (false, vec!["change.executed.v1".to_owned()])] {
        let mut fleet = Fleet::new(Status::Executed).permit(&reported);
        fleet.aws = fleet.aws.with_marker(&marker, &outbox, published);
        let answer = fleet.post("/p-1/report", &outcome()).await;
        assert_eq!((answer.status, fleet.aws.writes()), (200, 0));
        assert_eq!(fleet.aws.published(), expected);
    }
}

#[tokio::test]
async fn redeeming_checks_again_what_was_checked_when_the_permit_was_issued() {
    let mut other_policies = report();
    other_policies.bundle_digest = "older".into();
    let mut old = report();
    old.reviewed_at = now() - SignedDuration::from_hours(25);
    let mut other_gate = report();
    other_gate.basis.environment.gate.quorum = 1;
    for (report, code) in [
        (other_policies, "policies_changed"),
        (old, "plan_expired"),
        (other_gate, "environment_changed"),
    ] {
        let fleet = Fleet::new(Status::Approved)
            .permit(&permit())
            .with(&Key::review(&CHANGE.into(), 1), &report);
        let answer = fleet.redeem(&fleet.token(|_| ())).await;
        assert_eq!((answer.error(), fleet.aws.writes()), ((409, code), 0));
    }
}

#[tokio::test]
async fn only_an_executor_redeems() {
    let fleet = Fleet::new(Status::Approved).permit(&permit());
    let path = format!("/v1/changes/{CHANGE}/permits/p-1/use");
    let body = json!({ "permit": fleet.token(|_| ()), "account": ACCOUNT, "plan_hash": PLAN });
    let without = Caller::new("exec", &["approver"]);
    let answer = without.post(fleet.router(), &path, &body).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((403, "role_missing"), 0));
}

#[tokio::test]
async fn a_ring_that_cannot_sign_issues_nothing() {
    let mut fleet = Fleet::new(Status::Approved);
    let retired = fleet
        .ring
        .to_text()
        .replace("\"retired_at\":null", "\"retired_at\":\"2026-11-02T09:00:00Z\"");
    fleet.ring = KeyRing::parse(&retired).unwrap();
    let answer = fleet.post("", &request()).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((503, "unavailable"), 0));
}

#[tokio::test]
async fn an_unused_permit_has_nothing_to_report() {
    let fleet = Fleet::new(Status::Approved).permit(&permit());
    let answer = fleet.post("/p-1/report", &outcome()).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "permit_unused"), 0));
}

#[tokio::test]
async fn somebody_elses_permit_is_refused() {
    let fleet = Fleet::new(Status::Approved).permit(&permit());
    let path = format!("/v1/changes/{CHANGE}/permits/p-1/report");
    let other = Caller::new("mallory", &["executor"]);
    let answer = other.post(fleet.router(), &path, &outcome()).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((403, "permit_not_yours"), 0));
}

#[tokio::test]
async fn the_public_keys_need_no_token_and_hold_no_secret() {
    let fleet = Fleet::new(Status::Approved);
    let answer = Caller::nobody().get(fleet.router(), "/v1/keys").await;
    assert_eq!(answer.status, 200);
    let text = answer.body.to_string();
    assert!(text.contains("Ed25519") && !text.contains("pkcs8"), "{text}");
}
