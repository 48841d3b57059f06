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

/// The first request got no answer: its function died, or the bus refused the event.
#[tokio::test]
async fn a_request_with_the_same_key_is_the_same_permit_and_publishes_what_the_first_could_not() {
    let mut fleet = Fleet::new(Status::Approved);
    fleet.aws = fleet.aws.storing().rejecting(5);
    let path = format!("/v1/changes/{CHANGE}/permits");
    let ask = async |who: &str, key, body| {
        Caller::new(who, &["executor"]).keyed(key).post(fleet.router(), &path, &body).await
    };
    assert_eq!(ask("exec", "k", request()).await.status, 503);
    assert!(fleet.aws.published().is_empty());
    let first = ask("exec", "k", request()).await;
    let second = ask("exec", "k", request()).await;
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.body["permit_id"], second.body["permit_id"]);
    assert_eq!(fleet.aws.published(), ["permit.issued.v1"]);
    // The permit, the head and the marker, once.
    assert_eq!(fleet.aws.writes(), 3);
    let mut other = request();
    other["plan_hash"] = json!("other");
    assert_eq!(ask("exec", "k", other).await.error(), (409, "idempotency_key_reused"));
    assert_eq!(ask("exec", "a b", request()).await.error(), (400, "idempotency_key_invalid"));
    // Another key, and the same key of somebody else, are other permits.
    for (who, key) in [("exec", "l"), ("eve", "k")] {
        assert_ne!(ask(who, key, request()).await.body["permit_id"], first.body["permit_id"]);
    }
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

/// The permit of the apply that took the lock last.
fn last(reported_at: Option<jiff::Timestamp>) -> PermitRecord {
    PermitRecord {
        permit_id: "p-0".into(),
        used_at: Some(now() - SignedDuration::from_hours(1)),
        reported_at,
        ..permit()
    }
}

async fn redeem_beside(lock: &EnvironmentLock, last: Option<&PermitRecord>) -> (Answer, usize) {
    let mut fleet =
        Fleet::new(Status::Approved).permit(&permit()).with(&Key::environment_lock("local"), lock);
    if let Some(last) = last {
        fleet = fleet.with(&Key::permit(&CHANGE.into(), "p-0"), last);
    }
    let answer = fleet.redeem(&fleet.token(|_| ())).await;
    (answer, fleet.aws.writes())
}

#[tokio::test]
async fn a_locked_environment_waits() {
    let held = lock("p-0", now() + SignedDuration::from_mins(2));
    let (answer, writes) = redeem_beside(&held, Some(&last(None))).await;
    assert_eq!((answer.error(), writes), ((409, "environment_locked"), 0));
}

/// Its executor may have lost its network, not its credentials.
#[tokio::test]
async fn an_apply_without_heartbeats_still_holds_its_environment() {
    for minutes in [0, 1, 60, 7 * 24 * 60] {
        let silent = lock("p-0", now() - SignedDuration::from_mins(minutes));
        // If its permit is gone, nobody knows whether it is reported.
        for last in [Some(last(None)), None] {
            let (answer, writes) = redeem_beside(&silent, last.as_ref()).await;
            assert_eq!((answer.error(), writes), ((409, "apply_unreported"), 0), "{minutes} min");
            let said = answer.body["message"].as_str().unwrap();
            assert!(said.contains("`headgate release local`"), "{said}");
        }
    }
}

#[tokio::test]
async fn a_reported_apply_holds_nothing() {
    let free = lock("p-0", now() - SignedDuration::from_secs(1));
    assert_eq!(redeem_beside(&free, Some(&last(Some(now())))).await.0.status, 200);
}

async fn release(fleet: &Fleet, who: &Caller, reason: &str) -> Answer {
    let path = "/v1/environments/local/release";
    who.post(fleet.router(), path, &json!({ "reason": reason })).await
}

fn silent() -> Fleet {
    let silent = lock("p-0", now() - SignedDuration::from_mins(1));
    Fleet::new(Status::Applying)
        .with(&Key::environment_lock("local"), &silent)
        .with(&Key::permit(&CHANGE.into(), "p-0"), &last(None))
}

#[tokio::test]
async fn an_operator_releases_an_apply_that_nobody_reports() {
    let fleet = silent();
    let olga = Caller::new("olga", &["operator"]);
    assert_eq!(release(&fleet, &olga, " ").await.error(), (400, "reason_required"));
    assert_eq!(release(&fleet, &executor(), "x").await.error(), (403, "role_missing"));
    let bot = Caller::new("olga", &["operator", "agent"]);
    assert_eq!(release(&fleet, &bot, "x").await.error(), (403, "human_required"));
    assert_eq!(fleet.aws.writes(), 0);
    let answer = release(&fleet, &olga, "the runner is gone").await;
    assert_eq!((answer.status, &answer.body["released_by"]), (200, &json!("olga")));
    assert_json_snapshot!("released", fleet.aws.record());
}

#[tokio::test]
async fn an_apply_with_heartbeats_cannot_be_released() {
    let running = lock("p-0", now() + SignedDuration::from_secs(1));
    let fleet = silent().with(&Key::environment_lock("local"), &running);
    let answer = release(&fleet, &Caller::new("olga", &["operator"]), "x").await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "apply_running"), 0));
}

#[tokio::test]
async fn only_what_is_held_can_be_released() {
    let olga = Caller::new("olga", &["operator"]);
    let never = Fleet::new(Status::Approved);
    assert_eq!(release(&never, &olga, "x").await.error(), (409, "environment_free"));
    let reported = silent().with(&Key::permit(&CHANGE.into(), "p-0"), &last(Some(now())));
    assert_eq!(release(&reported, &olga, "x").await.error(), (409, "environment_free"));
    let path = "/v1/environments/moon/release";
    let answer = olga.post(silent().router(), path, &json!({ "reason": "x" })).await;
    assert_eq!(answer.error(), (409, "environment_free"));
}

/// A heartbeat between the check and the commit: the lock that was checked is not there any more.
#[tokio::test]
async fn a_release_conflicts_with_a_heartbeat() {
    let renewed = lock("p-0", now() + SignedDuration::from_mins(4));
    let key = Key::environment_lock("local");
    let mut fleet = silent();
    // If the handler looked again before its commit, it would find the renewed lock, and release that.
    fleet.aws = fleet.aws.storing().changing_after(1, &key, &renewed);
    let answer = release(&fleet, &Caller::new("olga", &["operator"]), "x").await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "apply_running"), 0));
}

/// After a restore or a repair by hand.
#[tokio::test]
async fn a_lock_whose_permit_is_missing_can_be_released() {
    let silent = lock("p-0", now() - SignedDuration::from_mins(1));
    let mut fleet = Fleet::new(Status::Approved)
        .permit(&permit())
        .with(&Key::environment_lock("local"), &silent);
    fleet.aws = fleet.aws.storing();
    assert_eq!(fleet.redeem(&fleet.token(|_| ())).await.error(), (409, "apply_unreported"));
    let olga = Caller::new("olga", &["operator"]);
    assert_eq!(release(&fleet, &olga, "x").await.error(), (409, "permit_unknown"));
    assert_eq!(fleet.redeem(&fleet.token(|_| ())).await.status, 200);
}

/// It must not look as if the executor's outcome were on record.
#[tokio::test]
async fn a_report_after_the_release_is_refused() {
    let released = PermitRecord {
        used_at: Some(now()),
        reported_at: Some(now()),
        released_by: Some("olga".into()),
        ..permit()
    };
    let fleet = Fleet::new(Status::ExecutionFailed).permit(&released);
    let answer = fleet.post("/p-1/report", &outcome()).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "apply_released"), 0));
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
