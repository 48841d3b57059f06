//! Votes for the revision before, when the next one is opened.

use aws_sdk_sfn::operation::start_execution::StartExecutionOutput;
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use headgate_approval_gate::{Gate, handle};
use headgate_domain::approval::{Approval, LostRoles};
use headgate_domain::change::Status;
use headgate_domain::records::{ChangeHead, Revision};
use headgate_events::Outcome;
use headgate_ledger::Key;
use headgate_review::Report;
use headgate_test_support::*;
use headgate_workflow::{Approvals, Workflow};
use insta::assert_json_snapshot;
use serde_json::Value;

/// Revision 1 with the votes of an approval, and revision 2, reviewed.
fn revised(before: &Approval, edit: impl FnOnce(&mut Revision, &mut Report)) -> Aws {
    let change = CHANGE.into();
    let mut first = report();
    first.effect_hash = "e".into();
    let (mut revision_2, mut report_2) = (revision(), first.clone());
    revision_2.proposed.revision = 2;
    revision_2.proposed.dossier.why = "the plan was stale".to_owned();
    report_2.content_hash = "c0ffee2".into();
    edit(&mut revision_2, &mut report_2);
    let head = ChangeHead {
        revision: 2,
        content_hash: Some(report_2.content_hash.clone()),
        ..head(Status::AwaitingDecision)
    };
    Aws::new()
        .with(&Key::change(&change), &head)
        .with(&Key::revision(&change, 1), &revision())
        .with(&Key::review(&change, 1), &first)
        .with(&Key::approval(&change, 1), before)
        .with(&Key::revision(&change, 2), &revision_2)
        .with(&Key::review(&change, 2), &report_2)
}

async fn open(aws: &Aws) -> Value {
    let started = mock!(aws_sdk_sfn::Client::start_execution).then_output(|| {
        StartExecutionOutput::builder()
            .execution_arn("arn")
            .start_date(aws_smithy_types::DateTime::from_secs(0))
            .build()
            .unwrap()
    });
    let client = mock_client!(aws_sdk_sfn, RuleMode::MatchAny, [&started]);
    let gate = Gate {
        flow: aws.flow("approval-gate-start"),
        workflow: Workflow::new(client.clone(), "arn"),
        approvals: Approvals::new(aws.ledger("ledger"), client),
    };
    let event = delivery("review.completed.v2", "headgate.pm-review", |d| {
        d["subject"] = CHANGE.into();
        d["data"]["revision"] = 2.into();
    });
    handle(&gate, event).await.unwrap();
    aws.record()
}

fn approval_2(record: &Value) -> Value {
    let written = record["written"].as_array().unwrap();
    let approval = written.iter().find(|w| w["key"].as_str().unwrap().contains("APPROVAL"));
    approval.unwrap()["body"].clone()
}

#[tokio::test]
async fn an_approval_stands_for_a_new_plan_of_the_same() {
    let aws = revised(&approved(), |_, _| ());
    let record = open(&aws).await;
    assert_eq!(aws.published(), ["approval.carried.v1", "approval.decided.v2"]);
    assert_json_snapshot!("carried", record["published"][0]["detail"]["data"]);
    let decided = &record["published"][1]["detail"]["data"];
    assert_eq!(
        (&decided["outcome"], decided["votes"].as_array().unwrap().len()),
        (&"approved".into(), 2)
    );
    assert_eq!(decided["content_hash"], "c0ffee2");
    assert_eq!(approval_2(&record)["outcome"], "approved");
}

#[tokio::test]
async fn one_of_two_votes_waits_for_the_other() {
    let mut before = approved();
    before.votes.pop();
    before.outcome = None;
    let aws = revised(&before, |_, _| ());
    let approval = approval_2(&open(&aws).await);
    assert_eq!(aws.published(), ["approval.carried.v1"]);
    assert_eq!(approval["outcome"], Value::Null);
    assert_eq!(approval["votes"][0]["principal"], "alice");
}

#[tokio::test]
async fn another_effect_voids_every_vote_and_says_so() {
    let aws = revised(&approved(), |_, report| report.effect_hash = "f".into());
    let record = open(&aws).await;
    assert_eq!(aws.published(), ["approval.carried.v1"]);
    assert_json_snapshot!("voided", record["published"][0]["detail"]["data"]);
    assert_eq!(approval_2(&record)["votes"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn a_stricter_gate_voids_every_vote() {
    let aws = revised(&approved(), |_, report| report.basis.environment.gate.quorum = 3);
    let record = open(&aws).await;
    let carried = &record["published"][0]["detail"]["data"];
    assert_eq!(carried["differs"], serde_json::json!(["environment", "gate"]));
    assert_eq!(approval_2(&record)["votes"].as_array().unwrap().len(), 0);
}

/// Votes that were cast on content that the ledger does not have, as after a forged write.
#[tokio::test]
async fn votes_on_other_content_do_not_stand() {
    let before = Approval { content_hash: "other".into(), ..approved() };
    let aws = revised(&before, |_, _| ());
    let record = open(&aws).await;
    assert_eq!(record["published"][0]["detail"]["data"]["differs"], serde_json::json!(["content"]));
    assert_eq!(approval_2(&record)["outcome"], Value::Null);
}

#[tokio::test]
async fn somebody_who_joins_the_change_cannot_have_approved_it() {
    let aws = revised(&approved(), |revision, _| revision.barred.push("Alice".into()));
    let record = open(&aws).await;
    let carried = &record["published"][0]["detail"]["data"];
    assert_eq!(carried["carried"], serde_json::json!(["bob"]));
    assert_eq!(carried["voided"][0]["reason"], "the voter had a part in the new revision");
    assert_eq!(approval_2(&record)["outcome"], Value::Null);
}

/// The attack: a new revision of the same, after an approver has lost the role.
#[tokio::test]
async fn the_vote_of_somebody_who_lost_the_role_does_not_stand() {
    let lost = |role: &str, at: jiff::Timestamp| {
        let mut lost = LostRoles::none(&"alice".into());
        lost.lose(&[role.to_owned()], at);
        revised(&approved(), |_, _| ()).with(&Key::lost_roles(&"Alice".into()), &lost)
    };
    let hour = jiff::SignedDuration::from_hours(1);
    let record = open(&lost("approver", now() + hour)).await;
    let carried = &record["published"][0]["detail"]["data"];
    assert_eq!(carried["carried"], serde_json::json!(["bob"]));
    assert_eq!(carried["voided"][0]["reason"], "the voter has lost the role since");
    assert_eq!(approval_2(&record)["outcome"], Value::Null);
    // Another role, or before the vote.
    for (role, at) in [("security", now() + hour), ("approver", now() - hour * 1_000)] {
        let record = open(&lost(role, at)).await;
        assert_eq!(approval_2(&record)["outcome"], "approved", "{role} {at}");
    }
}

#[tokio::test]
async fn without_votes_there_is_nothing_to_say() {
    let before = Approval { outcome: Some(Outcome::Expired), ..approval() };
    let aws = revised(&before, |_, _| ());
    open(&aws).await;
    assert!(aws.published().is_empty());
}
