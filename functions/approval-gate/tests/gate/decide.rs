//! Votes over HTTP: what is written, published and answered.

use axum::Router;
use headgate_approval_gate::{Api, router};
use headgate_domain::approval::Approval;
use headgate_domain::change::Status;
use headgate_events::{Outcome, Vote};
use headgate_ledger::Key;
use headgate_test_support::*;
use headgate_workflow::Approvals;
use insta::assert_json_snapshot;
use serde_json::{Value, json};

pub const PATH: &str = "/v1/changes/chg-orders-queue/decisions";

pub fn api(aws: &Aws) -> Router {
    router(Api {
        flow: aws.flow("approval-gate-decide"),
        approvals: Approvals::new(aws.ledger("ledger"), steps()),
        verifier: verifier(),
        served: served(),
    })
}

fn steps() -> aws_sdk_sfn::Client {
    use aws_sdk_sfn::operation::send_task_success::SendTaskSuccessOutput;
    use aws_smithy_mocks::{RuleMode, mock, mock_client};
    let woken = mock!(aws_sdk_sfn::Client::send_task_success)
        .then_output(|| SendTaskSuccessOutput::builder().build());
    mock_client!(aws_sdk_sfn, RuleMode::MatchAny, [&woken])
}

pub fn waiting(approval: &Approval) -> Aws {
    Aws::new()
        .with(&Key::change(&CHANGE.into()), &head(Status::AwaitingDecision))
        .with(&Key::review(&CHANGE.into(), 1), &report())
        .with(&Key::approval(&CHANGE.into(), 1), approval)
}

pub fn vote(vote: &str) -> Value {
    json!({ "revision": 1, "content_hash": CONTENT, "vote": vote })
}

pub fn voted(by: &str) -> Approval {
    let vote: Vote = serde_json::from_value(json!({
        "ballot": "first", "principal": by, "roles": ["approver"], "vote": "approve",
        "content_hash": CONTENT, "comment": "", "at": now(),
    }))
    .unwrap();
    Approval { votes: vec![vote], ..approval() }
}

fn alice() -> Caller {
    Caller::new("alice", &["approver"])
}

#[tokio::test]
async fn the_first_of_two_votes_is_stored_and_decides_nothing() {
    let aws = waiting(&approval());
    let answer = alice().post(api(&aws), PATH, &vote("approve")).await;
    assert_eq!((answer.status, aws.published()), (200, vec![]));
    assert_json_snapshot!("first_vote", json!({ "answer": answer.body, "record": aws.record() }));
}

#[tokio::test]
async fn the_second_vote_decides_and_is_published() {
    let aws = waiting(&voted("bob"));
    let answer = alice().post(api(&aws), PATH, &vote("approve")).await;
    assert_eq!((answer.status, aws.published()), (200, vec!["approval.decided.v2".to_owned()]));
    assert_json_snapshot!("second_vote", json!({ "answer": answer.body, "record": aws.record() }));
}

/// The attack: a pipeline's token with the role `approver`. Without evidence of a person, a token is not a person's.
#[tokio::test]
async fn a_program_cannot_vote_whatever_its_roles() {
    for amr in [&[][..], &["pwd"], &["USER"], &["user "]] {
        let aws = waiting(&voted("bob"));
        let pipeline = Caller::signed_in("pipeline", &["approver"], amr);
        let answer = pipeline.post(api(&aws), PATH, &vote("approve")).await;
        assert_eq!((answer.error(), aws.writes()), ((403, "human_required"), 0), "{amr:?}");
    }
    // An agent stays an agent, however its token was obtained.
    let agent = Caller::signed_in("pipeline", &["approver", "agent"], &["user"]);
    let answer = agent.post(api(&waiting(&voted("bob"))), PATH, &vote("approve")).await;
    assert_eq!(answer.error(), (403, "human_required"));
    let person = Caller::signed_in("alice", &["approver"], &["pwd", "user"]);
    assert_eq!(person.post(api(&waiting(&approval())), PATH, &vote("approve")).await.status, 200);
}

/// The attack: one person with two spellings of their name.
#[tokio::test]
async fn one_person_is_one_vote_however_the_name_is_written() {
    for other in ["Alice", "ALICE"] {
        let aws = waiting(&voted("alice"));
        let answer =
            Caller::new(other, &["approver"]).post(api(&aws), PATH, &vote("approve")).await;
        assert_eq!((answer.error(), aws.writes()), ((409, "already_voted"), 0), "{other}");
    }
    let barred = Caller::new("DANA", &["approver"]);
    let answer = barred.post(api(&waiting(&approval())), PATH, &vote("approve")).await;
    assert_eq!(answer.error(), (403, "separation_of_duties"));
    // A Cyrillic letter that looks like `a`, a zero-width space, a space, a newline, and too long.
    for name in ["\u{430}lice", "alice\u{200b}", "alice ", "alice\n", &"a".repeat(256)] {
        let answer = Caller::new(name, &["approver"])
            .post(api(&waiting(&voted("alice"))), PATH, &vote("approve"))
            .await;
        assert_eq!(answer.error(), (401, "token_principal"), "{name:?}");
    }
}

#[tokio::test]
async fn one_rejection_decides() {
    let aws = waiting(&approval());
    let answer = alice().post(api(&aws), PATH, &vote("reject")).await;
    assert_eq!(answer.body["outcome"], "rejected");
    assert_eq!(aws.published(), ["approval.decided.v2"]);
}

#[tokio::test]
async fn other_content_is_refused() {
    let aws = waiting(&approval());
    let mut body = vote("approve");
    body["content_hash"] = "other".into();
    let answer = alice().post(api(&aws), PATH, &body).await;
    assert_eq!((answer.error(), aws.writes()), ((409, "content_hash_mismatch"), 0));
}

#[tokio::test]
async fn the_agents_owner_and_people_without_the_role_may_not_vote() {
    for (who, roles, code) in
        [("dana", ["approver"], "separation_of_duties"), ("vic", ["reader"], "role_missing")]
    {
        let aws = waiting(&approval());
        let answer = Caller::new(who, &roles).post(api(&aws), PATH, &vote("approve")).await;
        assert_eq!((answer.error(), aws.writes()), ((403, code), 0), "{who}");
    }
}

#[tokio::test]
async fn an_agent_and_a_stranger_may_not_vote() {
    let aws = waiting(&approval());
    let agent = Caller::new("terraform-bot", &["agent", "approver"]);
    assert_eq!(
        agent.post(api(&aws), PATH, &vote("approve")).await.error(),
        (403, "human_required")
    );
    let answer = Caller::nobody().post(api(&aws), PATH, &vote("approve")).await;
    assert_eq!((answer.error(), aws.writes()), ((401, "token_missing"), 0));
}

#[tokio::test]
async fn a_review_under_other_policies_is_void() {
    let mut report = report();
    report.bundle_digest = "older".into();
    let aws = waiting(&approval()).with(&Key::review(&CHANGE.into(), 1), &report);
    let answer = alice().post(api(&aws), PATH, &vote("approve")).await;
    assert_eq!(answer.error(), (409, "policies_changed"));
    assert_json_snapshot!("policies_changed", answer.said());
}

#[tokio::test]
async fn a_review_of_yesterday_is_void() {
    let mut report = report();
    report.reviewed_at = now() - jiff::SignedDuration::from_hours(25);
    let aws = waiting(&approval()).with(&Key::review(&CHANGE.into(), 1), &report);
    let answer = alice().post(api(&aws), PATH, &vote("approve")).await;
    assert_eq!((answer.status, aws.writes()), (409, 0));
    assert_json_snapshot!("review_too_old", answer.said());
}

#[tokio::test]
async fn an_older_revision_is_superseded() {
    let mut head = head(Status::AwaitingDecision);
    head.revision = 2;
    let aws = waiting(&approval()).with(&Key::change(&CHANGE.into()), &head);
    let answer = alice().post(api(&aws), PATH, &vote("approve")).await;
    assert_eq!((answer.error(), aws.writes()), ((409, "revision_superseded"), 0));
}

/// Such an id would make a key that DynamoDB refuses.
#[tokio::test]
async fn nobody_has_a_delegation_from_an_endless_name() {
    let mut vote = vote("approve");
    vote["on_behalf_of"] = "x".repeat(1_100).into();
    let answer = alice().post(api(&waiting(&approval())), PATH, &vote).await;
    assert_eq!(answer.error(), (403, "delegation_missing"));
}

#[tokio::test]
async fn an_unknown_change_is_not_found() {
    let answer = alice().post(api(&Aws::new()), PATH, &vote("approve")).await;
    assert_eq!(answer.error(), (404, "not_found"));
}

#[tokio::test]
async fn after_a_conflict_the_vote_is_counted_again() {
    let aws = waiting(&approval()).refusing(&[Refusal::Conflict]);
    let answer = alice().post(api(&aws), PATH, &vote("approve")).await;
    assert_eq!((answer.status, aws.writes()), (200, 2));
}

#[tokio::test]
async fn endless_conflicts_end_in_503() {
    let aws = waiting(&approval()).refusing(&[Refusal::Conflict; 20]);
    let answer = alice().post(api(&aws), PATH, &vote("approve")).await;
    assert_eq!((answer.error(), aws.writes()), ((503, "unavailable"), 0));
}

#[tokio::test]
async fn a_vote_on_what_is_decided_is_refused() {
    let decided = Approval { outcome: Some(Outcome::Rejected), ..approval() };
    let aws = waiting(&decided);
    let answer = alice().post(api(&aws), PATH, &vote("approve")).await;
    assert_eq!(answer.status, 409);
    assert_json_snapshot!("already_decided", answer.said());
}

#[tokio::test]
async fn a_vote_is_withdrawn_by_its_voter_only() {
    let path = "/v1/changes/chg-orders-queue/withdrawals";
    let body = json!({ "revision": 1, "ballot": "first" });
    let aws = waiting(&voted("bob"));
    assert_eq!(alice().post(api(&aws), path, &body).await.status, 404);
    let bob = Caller::new("bob", &["approver"]);
    let answer = bob.post(api(&aws), path, &body).await;
    assert_eq!((answer.status, &answer.body["missing"]), (200, &json!(2)));
}

#[tokio::test]
async fn a_malformed_body_says_what_is_wrong() {
    for (body, status) in [
        (json!({ "revision": 1 }), 400),
        (json!({ "revision": 1, "content_hash": CONTENT, "vote": "approve", "extra": 1 }), 400),
        (json!({ "revision": 1, "content_hash": CONTENT, "vote": "perhaps" }), 400),
    ] {
        let answer = alice().post(api(&waiting(&approval())), PATH, &body).await;
        assert_eq!(answer.error(), (status, "body_malformed"), "{body}");
    }
}

#[tokio::test]
async fn a_repeated_vote_publishes_the_decision_that_the_first_could_not() {
    use headgate_events::latest::ApprovalDecided;
    use headgate_events::{Payload as _, event_id};
    let mut decided = voted("alice");
    decided.outcome = Some(Outcome::Approved);
    let id = event_id(ApprovalDecided::TYPE, CHANGE, 1, "");
    let outbox = json!([{
        "id": id, "source": "headgate.approval-gate-decide", "kind": "approval.decided.v2", "detail": { "id": id },
    }]);
    let marker = Key::marker("approval-gate", &id);
    let aws = waiting(&decided).with_marker(&marker, &outbox, false);
    let mut again = vote("approve");
    again["ballot"] = "first".into();
    let answer = alice().post(api(&aws), PATH, &again).await;
    assert_eq!((answer.status, aws.published()), (200, vec!["approval.decided.v2".to_owned()]));
}

/// The first request got no answer: its function died, or the bus refused the event.
#[tokio::test]
async fn a_delegation_with_the_same_key_is_made_once_and_published() {
    let aws = Aws::new().storing().rejecting(5);
    let body = json!({
        "to": "vic", "roles": ["approver"], "until": now() + jiff::SignedDuration::from_hours(2),
        "reason": "on leave",
    });
    let ask = async |key, body: &Value| {
        let alice = Caller::new("alice", &["approver"]).keyed(key);
        alice.post(api(&aws), "/v1/delegations", body).await
    };
    assert_eq!(ask("k", &body).await.status, 503);
    assert!(aws.published().is_empty());
    let (first, second) = (ask("k", &body).await, ask("k", &body).await);
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.body, second.body);
    assert_eq!(aws.published(), ["delegation.changed.v1"]);
    let mut other = body.clone();
    other["to"] = "eve".into();
    assert_eq!(ask("k", &other).await.error(), (409, "idempotency_key_reused"));
    assert_ne!(ask("l", &body).await.body["id"], first.body["id"]);
}

/// A ledger on which erin lets alice vote for her, as of an hour ago.
pub fn delegated() -> Aws {
    let hour = jiff::SignedDuration::from_hours(1);
    let delegation: headgate_domain::approval::Delegation = serde_json::from_value(json!({
        "id": "d-1", "from": "erin", "to": "alice", "roles": ["approver"], "reason": "on leave",
        "created_at": now() - hour, "until": now() + hour,
    }))
    .unwrap();
    let copy = format!("FROM#erin#UNTIL#{:.3}#d-1", now() + hour);
    waiting(&approval())
        .with(&Key::delegation("d-1"), &delegation)
        .with(&Key::named("DELEGATE#alice", copy), &delegation)
}

async fn lose(aws: &Aws, who: &Caller, person: &str, roles: &[&str]) -> Answer {
    let body = json!({ "person": person, "roles": roles, "reason": "moved" });
    who.post(api(aws), "/v1/delegations/lost-roles", &body).await
}

/// The attack: erin delegates, loses the role, and still has a vote through somebody else.
#[tokio::test]
async fn what_a_person_delegated_ends_when_they_lose_the_role() {
    let mut for_erin = vote("approve");
    for_erin["on_behalf_of"] = "erin".into();
    let cast = async |aws: &Aws| alice().post(api(aws), PATH, &for_erin).await;
    assert_eq!(cast(&delegated()).await.status, 200);
    let hook = || Caller::signed_in("idp-hook", &["identity"], &[]);
    let aws = delegated().storing();
    // Another role, or another person.
    assert_eq!(lose(&aws, &hook(), "erin", &["security"]).await.status, 200);
    assert_eq!(lose(&aws, &hook(), "eric", &["approver"]).await.status, 200);
    assert_eq!(cast(&aws).await.status, 200);
    let aws = delegated().storing();
    assert_eq!(lose(&aws, &hook(), " Erin", &["approver"]).await.status, 200);
    assert_eq!(cast(&aws).await.error(), (403, "delegation_missing"));
    // Her token from before still has the role, and casts no vote of her own.
    let erin = Caller::new("erin", &["approver"]);
    let own = erin.post(api(&aws), PATH, &vote("approve")).await;
    assert_eq!(own.error(), (403, "role_missing"));
    let body = json!({
        "to": "alice", "roles": ["approver"], "until": now() + jiff::SignedDuration::from_hours(2),
        "reason": "on leave",
    });
    let erin = Caller::new("erin", &["approver"]);
    let answer = erin.post(api(&aws), "/v1/delegations", &body).await;
    assert_eq!(answer.error(), (403, "role_lost"));
}

#[tokio::test]
async fn only_operators_and_the_identity_provider_say_who_lost_a_role() {
    let aws = Aws::new();
    let pipeline = Caller::signed_in("pipeline", &["operator"], &[]);
    assert_eq!(lose(&aws, &pipeline, "erin", &["x"]).await.error(), (403, "human_required"));
    assert_eq!(lose(&aws, &alice(), "erin", &["x"]).await.error(), (403, "role_missing"));
    let olga = Caller::new("olga", &["operator"]);
    for (person, roles) in [("", &["x"][..]), (" ", &["x"]), ("erin", &[]), ("erin", &["x"; 21])] {
        let answer = lose(&aws, &olga, person, roles).await;
        assert_eq!(answer.error(), (400, "lost_roles_invalid"), "{person} {roles:?}");
    }
    assert_eq!(aws.writes(), 0);
    assert_eq!(lose(&aws, &olga, "erin", &["x"]).await.status, 200);
}
