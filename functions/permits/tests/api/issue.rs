//! Permits are issued for exactly what was approved.

use headgate_domain::change::Status;
use headgate_domain::records::PermitRecord;
use headgate_ledger::Key;
use headgate_permit_tokens::KeyRing;
use headgate_test_support::*;
use insta::assert_json_snapshot;
use serde_json::json;

use super::{Fleet, request};

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

/// Somebody wrote the status and the outcome without the rest, or opened a gate that the review does not require.
#[tokio::test]
async fn an_approval_that_does_not_follow_from_its_review_is_worth_nothing() {
    let (change, at) = (CHANGE.into(), Key::approval(&CHANGE.into(), 1));
    let sent_back =
        headgate_review::Report { verdict: headgate_events::Verdict::Revise, ..report() };
    let blocked = headgate_review::Report { verdict: headgate_events::Verdict::Block, ..report() };
    let fleet = || Fleet::new(Status::Approved).permit(&permit());
    let mut open_gate = approved();
    open_gate.gate.quorum = 0;
    open_gate.votes.clear();
    let mut one_vote = approved();
    one_vote.votes.pop();
    let mut undecided = approved();
    undecided.outcome = None;
    let mut other_content = approved();
    other_content.content_hash = "other".into();
    let mut other_head = head(Status::Approved);
    other_head.content_hash = Some("other".into());
    let cases = [
        fleet().with(&Key::review(&change, 1), &sent_back),
        fleet().with(&Key::review(&change, 1), &blocked),
        fleet().with(&at, &open_gate),
        fleet().with(&at, &one_vote),
        fleet().with(&at, &undecided),
        fleet().with(&at, &other_content),
        fleet().with(&Key::change(&change), &other_head),
    ];
    for (n, fleet) in cases.iter().enumerate() {
        assert_eq!(
            fleet.post("", &request()).await.error(),
            (409, "approval_void"),
            "issue, case {n}"
        );
        let redeemed = fleet.redeem(&fleet.token(|_| ())).await;
        assert_eq!(redeemed.error(), (409, "approval_void"), "redeem, case {n}");
        assert!(!fleet.aws.published().contains(&"permit.issued.v1".to_owned()), "case {n}");
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
async fn no_other_plan_file_gets_a_permit() {
    for given in [json!("other"), json!(null), json!("")] {
        let fleet = Fleet::new(Status::Approved).permit(&permit());
        let mut body = request();
        body["plan_file_sha256"] = given;
        let answer = fleet.post("", &body).await;
        assert_eq!(answer.error(), (409, "plan_file_mismatch"));
        assert_eq!(fleet.aws.published(), ["permit.refused.v1"]);
        assert_json_snapshot!("plan_file_mismatch", answer.said());
    }
}

/// As in a proposal of an earlier build: what its apply would do is not known.
#[tokio::test]
async fn a_change_without_its_plan_file_gets_no_permit() {
    let mut revision = revision();
    revision.proposed.dossier.evidence.retain(|a| a.sha256 != PLAN_FILE);
    let unbound = PermitRecord { plan_file_sha256: None, ..permit() };
    let fleet = Fleet::new(Status::Approved)
        .with(&Key::revision(&CHANGE.into(), 1), &revision)
        .permit(&unbound);
    for given in [json!(PLAN_FILE), json!(null)] {
        let mut body = request();
        body["plan_file_sha256"] = given;
        assert_eq!(fleet.post("", &body).await.error(), (409, "plan_file_missing"));
    }
    let redeemed = fleet.redeem(&fleet.token(|claims| claims.plan_file_sha256.clear())).await;
    assert_eq!(redeemed.error(), (409, "plan_file_missing"));
}

#[tokio::test]
async fn the_permit_names_the_plan_file_and_the_local_files() {
    let mut revision = revision();
    let mut list = revision.proposed.dossier.plan.clone();
    (list.media_type, list.sha256) = (headgate_domain::files::FILE_LIST.into(), "11f7".into());
    revision.proposed.dossier.evidence.push(list);
    let fleet = Fleet::new(Status::Approved).with(&Key::revision(&CHANGE.into(), 1), &revision);
    let answer = fleet.post("", &request()).await;
    let token = answer.body["permit"].as_str().unwrap();
    let claims = fleet.ring.public(now()).verify(token, now().as_second()).unwrap();
    assert_eq!(claims.plan_file_sha256, PLAN_FILE);
    assert_eq!(claims.files_sha256.as_deref(), Some("11f7"));
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
async fn the_public_keys_need_no_token_and_hold_no_secret() {
    let fleet = Fleet::new(Status::Approved);
    let answer = Caller::nobody().get(fleet.router(), "/v1/keys").await;
    assert_eq!(answer.status, 200);
    let text = answer.body.to_string();
    assert!(text.contains("Ed25519") && !text.contains("pkcs8"), "{text}");
}
