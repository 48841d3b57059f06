//! Votes on the result of a phase.

use axum::Router;
use headgate_domain::approval::Approval;
use headgate_engagements::{Command, Course, PhaseReview};
use headgate_events::{Artifact, Outcome, Verdict};
use headgate_ledger::Key;
use headgate_test_support::*;
use serde_json::{Value, json};

use super::decide::api;

const PATH: &str = "/v1/engagements/eng-orders/phases/build/decisions";
const AT: &str = "PHASE-APPROVAL#eng-orders/build/ATTEMPT#000001";

/// A course that waits for a decision, and the request for it.
fn asked() -> (Course, Approval) {
    let artifact = Artifact {
        uri: "s3://artifacts/x".to_owned(),
        sha256: "5f".repeat(32),
        bytes: 1,
        media_type: "text/markdown".to_owned(),
    };
    let mut course = reviewing(submission(artifact));
    let review = PhaseReview {
        phase: "build".to_owned(),
        attempt: 1,
        verdict: Verdict::Pass,
        content_hash: CONTENT.into(),
        findings: Vec::new(),
        criteria: Vec::new(),
    };
    let look = Command::Look { review: Some(&review), approval: None };
    let approval = course.apply(look, now()).unwrap().approval.unwrap();
    (course, approval)
}

fn waiting((course, approval): &(Course, Approval)) -> Aws {
    let id = &course.engagement_id;
    Aws::new()
        .storing()
        .with(&Key::engagement(id), &phased())
        .with(&Key::course(id), course)
        .with(&Key::phase_approval(id, "build", 1), approval)
}

fn vote(vote: &str, ballot: &str) -> Value {
    json!({ "revision": 1, "content_hash": CONTENT, "vote": vote, "ballot": ballot, "comment": "Say what it costs.",
            "ratings": { "quality": 4, "relevance": 5, "completeness": 3 } })
}

fn router(aws: &Aws) -> Router {
    api(aws)
}

fn approver(id: &str) -> Caller {
    Caller::new(id, &["approver"])
}

#[tokio::test]
async fn the_vote_that_completes_the_quorum_decides_and_is_published() {
    let aws = waiting(&asked());
    let first = approver("alice").post(router(&aws), PATH, &vote("approve", "a")).await;
    assert_eq!((first.status, aws.published().len()), (200, 0));
    let second = approver("bob").post(router(&aws), PATH, &vote("approve", "b")).await;
    assert_eq!((second.status, &second.body["outcome"]), (200, &json!("approved")));
    assert_eq!(aws.published(), ["phase.decided.v1"]);
    let event = &aws.record()["published"][0]["detail"];
    assert_eq!((&event["subject"], &event["actorid"]), (&json!("eng-orders/build"), &json!("bob")));
    assert_eq!(event["data"]["votes"][0]["ratings"]["relevance"], 5);
    // A copy of the vote is answered, and published once.
    let copy = approver("bob").post(router(&aws), PATH, &vote("approve", "b")).await;
    assert_eq!((copy.status, aws.published().len()), (200, 1));
}

/// The attacks: vote as a program, without the role, on one's own work, on other content, on another attempt or phase.
#[tokio::test]
async fn a_vote_counts_only_for_what_was_shown_and_from_who_may_decide() {
    let aws = waiting(&asked());
    let cast = async |who: Caller, path: &str, edit: &dyn Fn(&mut Value)| {
        let mut body = vote("approve", "a");
        edit(&mut body);
        let answer = who.post(router(&aws), path, &body).await;
        (answer.status, answer.body["error"].as_str().unwrap_or_default().to_owned())
    };
    let refused = |status: u16, code: &str| (status, code.to_owned());
    let program = Caller::signed_in("pipeline", &["approver"], &["pwd"]);
    assert_eq!(cast(program, PATH, &|_| ()).await, refused(403, "human_required"));
    let none = Caller::new("vic", &["reader"]);
    assert_eq!(cast(none, PATH, &|_| ()).await, refused(403, "role_missing"));
    for barred in ["dana", "terraform-bot"] {
        assert_eq!(
            cast(approver(barred), PATH, &|_| ()).await,
            refused(403, "separation_of_duties")
        );
    }
    let other = |b: &mut Value| b["content_hash"] = "beef".into();
    assert_eq!(cast(approver("alice"), PATH, &other).await, refused(409, "content_hash_mismatch"));
    let later = |b: &mut Value| b["revision"] = 2.into();
    assert_eq!(cast(approver("alice"), PATH, &later).await, refused(404, "not_found"));
    let elsewhere = PATH.replace("/build/", "/bulid/");
    assert_eq!(cast(approver("alice"), &elsewhere, &|_| ()).await, refused(404, "not_found"));
    let nowhere = PATH.replace("eng-orders", "eng-other");
    assert_eq!(cast(approver("alice"), &nowhere, &|_| ()).await, refused(404, "not_found"));
    assert!(aws.published().is_empty());
}

/// The engagement was cancelled or skipped while people voted: their votes must not decide anything any more.
#[tokio::test]
async fn nobody_decides_on_what_the_engagement_does_not_wait_for() {
    let (mut course, approval) = asked();
    course.apply(Command::Cancel { reason: "over" }, now()).unwrap();
    let aws = waiting(&(course, approval));
    let answer = approver("alice").post(router(&aws), PATH, &vote("approve", "a")).await;
    assert_eq!(answer.error(), (409, "attempt_superseded"));
    // It is cancelled between the read and the commit: the commit conflicts, and the next look sees it.
    let (before, approval) = asked();
    let mut after = before.clone();
    after.apply(Command::Cancel { reason: "over" }, now()).unwrap();
    let key = Key::course(&before.engagement_id);
    let aws = waiting(&(before, approval)).changing_after(1, &key, &after);
    let answer = approver("alice").post(router(&aws), PATH, &vote("approve", "a")).await;
    assert_eq!(answer.error(), (409, "attempt_superseded"));
    assert_eq!(aws.stored()[AT]["votes"], json!([]));
}

#[tokio::test]
async fn a_vote_can_be_withdrawn_before_the_decision() {
    let aws = waiting(&asked());
    approver("alice").post(router(&aws), PATH, &vote("approve", "a")).await;
    let path = PATH.replace("decisions", "withdrawals");
    let body = json!({ "revision": 1, "ballot": "a" });
    let answer = approver("bob").post(router(&aws), &path, &body).await;
    assert_eq!(answer.status, 404);
    let answer = approver("alice").post(router(&aws), &path, &body).await;
    assert_eq!((answer.status, &answer.body["missing"]), (200, &json!(2)));
    assert_eq!(aws.stored()[AT]["votes"], json!([]));
}

/// The event of a decision that could not be published is published when the vote is sent again.
#[tokio::test]
async fn a_decision_that_was_not_published_is() {
    let mut asked = asked();
    asked.1.gate.quorum = 1;
    let aws = waiting(&asked).rejecting(100);
    let answer = approver("alice").post(router(&aws), PATH, &vote("revise", "a")).await;
    assert_eq!(answer.status, 503);
    assert_eq!(aws.stored()[AT]["outcome"], json!(Outcome::Revise));
    let aws = aws.rejecting(0);
    let answer = approver("alice").post(router(&aws), PATH, &vote("revise", "a")).await;
    assert_eq!((answer.status, aws.published()), (200, vec!["phase.decided.v1".to_owned()]));
}
