//! The tasks of the approval workflow: start, open, expire.

use aws_sdk_sfn::error::ErrorMetadata;
use aws_sdk_sfn::operation::send_task_success::{SendTaskSuccessError, SendTaskSuccessOutput};
use aws_sdk_sfn::operation::start_execution::StartExecutionOutput;
use aws_smithy_mocks::{Rule, RuleMode, mock, mock_client};
use headgate_approval_gate::{Gate, OpenGate, SliceEnd, SliceState, end_slice, handle, open};
use headgate_domain::approval::Approval;
use headgate_domain::change::Status;
use headgate_events::{Delivery, Outcome};
use headgate_ledger::Key;
use headgate_outbox::{Handled, Once};
use headgate_test_support::*;
use headgate_workflow::{Approvals, Workflow};
use insta::assert_json_snapshot;
use jiff::SignedDuration;

fn started() -> Rule {
    mock!(aws_sdk_sfn::Client::start_execution).then_output(|| {
        StartExecutionOutput::builder()
            .execution_arn("arn")
            .start_date(aws_smithy_types::DateTime::from_secs(0))
            .build()
            .unwrap()
    })
}

fn woken() -> Rule {
    mock!(aws_sdk_sfn::Client::send_task_success)
        .then_output(|| SendTaskSuccessOutput::builder().build())
}

fn gate_of(aws: &Aws, started: &Rule) -> Gate {
    let client = mock_client!(aws_sdk_sfn, RuleMode::MatchAny, [started]);
    Gate {
        flow: aws.flow("approval-gate-start"),
        workflow: Workflow::new(client.clone(), "arn"),
        approvals: Approvals::new(aws.ledger("ledger"), client),
    }
}

fn reviewed() -> Aws {
    Aws::new()
        .with(&Key::change(&CHANGE.into()), &head(Status::AwaitingDecision))
        .with(&Key::revision(&CHANGE.into(), 1), &revision())
        .with(&Key::review(&CHANGE.into(), 1), &report())
}

/// A review whose environment requires this quorum.
fn requiring(quorum: u32) -> headgate_review::Report {
    let mut report = report();
    report.basis.environment.gate.quorum = quorum;
    report
}

fn passed(quorum: u32) -> Delivery {
    delivery("review.completed.v2", "headgate.pm-review", |d| {
        d["subject"] = CHANGE.into();
        d["data"]["revision"] = 1.into();
        d["data"]["verdict"] = "pass".into();
        d["data"]["content_hash"] = CONTENT.into();
        d["data"]["gate"] = serde_json::to_value(gate()).unwrap();
        d["data"]["gate"]["quorum"] = quorum.into();
    })
}

fn poison(result: Result<Once, Handled>) -> String {
    match result {
        Err(Handled::Poison(refusal)) => refusal.code.to_owned(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_passed_review_opens_its_approval() {
    let aws = reviewed();
    handle(&gate_of(&aws, &started()), passed(2)).await.unwrap();
    assert_json_snapshot!("opened", aws.record());
}

/// A ledger on which revision 1 waits with this token, and revision 2 was accepted.
fn superseded(approval: &Approval) -> Aws {
    let mut newer = head(Status::Accepted);
    newer.revision = 2;
    let token = headgate_workflow::TaskToken { token: "task".into(), slice: 1 };
    Aws::new()
        .with(&Key::change(&CHANGE.into()), &newer)
        .with(&Key::approval(&CHANGE.into(), 1), approval)
        .with(&Key::token(&CHANGE.into(), 1), &token)
}

fn accepted() -> Delivery {
    delivery("change.accepted.v1", "headgate.intake", |d| {
        d["subject"] = CHANGE.into();
        d["data"]["revision"] = 2.into();
    })
}

#[tokio::test]
async fn a_revision_ends_the_workflow_of_the_one_before() {
    let aws = superseded(&approval());
    let woken = mock!(aws_sdk_sfn::Client::send_task_success)
        .match_requests(|r| r.output() == Some(r#"{"state":"superseded"}"#))
        .then_output(|| SendTaskSuccessOutput::builder().build());
    handle(&gate_of(&aws, &woken), accepted()).await.unwrap();
    assert_eq!(woken.num_calls(), 1);
    // The approval leaves the list of those that wait, and is not decided.
    let written = &aws.record()["written"];
    assert_eq!(written.as_array().unwrap().len(), 1, "{written}");
    assert_eq!(written[0]["list"], serde_json::Value::Null);
    assert_eq!(written[0]["body"], serde_json::to_value(approval()).unwrap());
}

/// The event only says where to look: a copy, a late one and a forged one change nothing.
#[tokio::test]
async fn the_workflow_of_a_revision_that_is_decided_or_current_goes_on() {
    let decided = Approval { outcome: Some(Outcome::Rejected), ..approval() };
    let current = Aws::new()
        .with(&Key::change(&CHANGE.into()), &head(Status::AwaitingDecision))
        .with(&Key::approval(&CHANGE.into(), 1), &approval());
    for aws in [superseded(&decided), current] {
        let woken = woken();
        handle(&gate_of(&aws, &woken), accepted()).await.unwrap();
        assert_eq!((woken.num_calls(), aws.writes()), (0, 0));
    }
}

/// Step Functions is not available: the message is tried again, and the list still has the approval.
#[tokio::test]
async fn a_workflow_that_could_not_be_ended_is_ended_later() {
    let aws = superseded(&approval());
    let down = mock!(aws_sdk_sfn::Client::send_task_success)
        .then_error(|| SendTaskSuccessError::generic(ErrorMetadata::builder().build()));
    let result = handle(&gate_of(&aws, &down), accepted()).await;
    assert!(result.is_err() && aws.writes() == 0);
}

#[tokio::test]
async fn the_workflow_starts_even_if_an_earlier_delivery_died_after_its_commit() {
    let approval = approval();
    let id = passed(2).fact.id().to_owned();
    let marker = Key::marker("approval-gate-start", &id);
    let aws = reviewed().with(&Key::approval(&CHANGE.into(), 1), &approval).with_marker(
        &marker,
        &serde_json::json!([]),
        true,
    );
    let started = started();
    let once = handle(&gate_of(&aws, &started), passed(2)).await.unwrap();
    assert_eq!((once, started.num_calls(), aws.writes()), (Once::AlreadyProcessed, 1, 0));
}

#[tokio::test]
async fn where_nobody_is_asked_the_change_is_approved_at_once() {
    let aws = reviewed().with(&Key::review(&CHANGE.into(), 1), &requiring(0));
    let started = started();
    handle(&gate_of(&aws, &started), passed(0)).await.unwrap();
    assert_eq!((aws.published(), started.num_calls()), (vec!["approval.decided.v2".into()], 0));
}

#[tokio::test]
async fn a_review_of_older_content_opens_nothing() {
    let mut newer = head(Status::AwaitingDecision);
    newer.content_hash = Some("newer".into());
    let aws = reviewed().with(&Key::change(&CHANGE.into()), &newer);
    handle(&gate_of(&aws, &started()), passed(2)).await.unwrap();
    assert_eq!(aws.writes(), 1, "only the marker");
}

/// The attack: somebody who can send messages to the queue claims that nobody needs to approve.
#[tokio::test]
async fn the_gate_is_the_one_that_the_review_requires_whatever_the_event_says() {
    let aws = reviewed();
    let started = started();
    let mut forged = passed(0);
    let headgate_events::Fact::ReviewCompleted(event) = &mut forged.fact else { panic!() };
    event.data.content_hash = "chosen".into();
    event.correlationid = "eng-of-somebody-else".into();
    handle(&gate_of(&aws, &started), forged).await.unwrap();
    let opened = &aws.record()["written"][1]["body"];
    assert_eq!((&opened["gate"]["quorum"], &opened["content_hash"]), (&2.into(), &CONTENT.into()));
    assert_eq!((aws.published().len(), started.num_calls()), (0, 0), "nothing is decided");
}

/// The attack that ended with an approved change at commit 12fad16.
#[tokio::test]
async fn a_review_that_did_not_pass_opens_nothing_whatever_the_event_says() {
    use headgate_events::Verdict;
    for (verdict, status) in
        [(Verdict::Revise, Status::NeedsRevision), (Verdict::Block, Status::Blocked)]
    {
        let stored = headgate_review::Report { verdict, ..report() };
        let aws = Aws::new()
            .with(&Key::change(&CHANGE.into()), &head(status))
            .with(&Key::revision(&CHANGE.into(), 1), &revision())
            .with(&Key::review(&CHANGE.into(), 1), &stored);
        let started = started();
        handle(&gate_of(&aws, &started), passed(0)).await.unwrap();
        assert_eq!((aws.writes(), aws.published().len()), (1, 0), "only the marker");
        assert_eq!(started.num_calls(), 0);
    }
}

/// The id of the real event can be computed, so a forged one may come first. It must not make the real one look like a duplicate.
#[tokio::test]
async fn an_event_that_comes_before_its_review_leaves_no_marker() {
    let aws = Aws::new()
        .with(&Key::change(&CHANGE.into()), &head(Status::Accepted))
        .with(&Key::revision(&CHANGE.into(), 1), &revision());
    let result = handle(&gate_of(&aws, &started()), passed(0)).await;
    assert_eq!((poison(result).as_str(), aws.writes()), ("review_unknown", 0));
}

#[tokio::test]
async fn an_approval_is_opened_once() {
    let aws = reviewed().with(&Key::approval(&CHANGE.into(), 1), &approval());
    handle(&gate_of(&aws, &started()), passed(2)).await.unwrap();
    assert_eq!(aws.writes(), 1, "only the marker");
}

#[tokio::test]
async fn an_unknown_change_is_poison() {
    let result = handle(&gate_of(&Aws::new(), &started()), passed(2)).await;
    assert_eq!(poison(result), "change_unknown");
}

#[tokio::test]
async fn another_event_is_poison() {
    let other = delivery("change.refused.v1", "headgate.intake", |_| ());
    let result = handle(&gate_of(&reviewed(), &started()), other).await;
    assert_eq!(poison(result), "event_unexpected");
}

fn waiting(approval: &Approval) -> Aws {
    reviewed().with(&Key::approval(&CHANGE.into(), 1), approval)
}

fn begin(slice: u32) -> OpenGate {
    OpenGate { change_id: CHANGE.into(), revision: 1, slice, token: "token".to_owned() }
}

async fn opened(aws: &Aws, slice: u32) -> Rule {
    let woken = woken();
    let client = mock_client!(aws_sdk_sfn, RuleMode::MatchAny, [&woken]);
    let approvals = Approvals::new(aws.ledger("ledger"), client);
    open(&aws.flow("approval-gate-open"), &approvals, begin(slice)).await.unwrap();
    woken
}

#[tokio::test]
async fn a_slice_keeps_its_token_and_asks_people() {
    let aws = waiting(&approval());
    assert_eq!(opened(&aws, 1).await.num_calls(), 0);
    assert_json_snapshot!("asked", aws.record());
}

#[tokio::test]
async fn a_slice_that_begins_after_the_decision_ends_at_once() {
    let decided = Approval { outcome: Some(Outcome::Approved), ..approval() };
    assert_eq!(opened(&waiting(&decided), 1).await.num_calls(), 1);
}

fn end() -> SliceEnd {
    SliceEnd { change_id: CHANGE.into(), revision: 1, slice: 3, quiet: false }
}

#[tokio::test]
async fn an_undecided_slice_reminds() {
    let aws = waiting(&approval());
    let next = end_slice(&aws.flow("approval-gate-expire"), end()).await.unwrap();
    assert_eq!((next.state, next.slice), (SliceState::Waiting, 4));
    assert_json_snapshot!("reminded", aws.record());
}

/// Nobody could be asked, so nobody is reminded, and the same slice begins again.
#[tokio::test]
async fn a_slice_that_failed_reminds_nobody() {
    let aws = waiting(&approval());
    let failed = SliceEnd { quiet: true, ..end() };
    let next = end_slice(&aws.flow("approval-gate-expire"), failed).await.unwrap();
    assert_eq!((next.state, next.slice), (SliceState::Waiting, 3));
    assert_eq!((aws.writes(), aws.published().len()), (0, 0));
}

#[tokio::test]
async fn what_is_due_expires() {
    let due = Approval { expires_at: now() - SignedDuration::from_secs(1), ..approval() };
    let aws = waiting(&due);
    end_slice(&aws.flow("approval-gate-expire"), end()).await.unwrap();
    // Reads go on to find what the test stored, so only the first event counts.
    assert_eq!(aws.published()[0], "approval.decided.v2");
    assert_json_snapshot!("expired", aws.record()["published"][0]);
}

#[tokio::test]
async fn a_decided_slice_ends_the_workflow() {
    for (outcome, state) in
        [(Outcome::Approved, SliceState::Decided), (Outcome::Expired, SliceState::Expired)]
    {
        let decided = Approval { outcome: Some(outcome), ..approval() };
        let flow = waiting(&decided).flow("approval-gate-expire");
        assert_eq!(end_slice(&flow, end()).await.unwrap().state, state);
    }
}

#[tokio::test]
async fn a_newer_revision_ends_the_workflow_of_the_older() {
    let mut newer = head(Status::AwaitingDecision);
    newer.revision = 2;
    let aws = waiting(&approval()).with(&Key::change(&CHANGE.into()), &newer);
    let next = end_slice(&aws.flow("approval-gate-expire"), end()).await.unwrap();
    assert_eq!((next.state, aws.writes()), (SliceState::Superseded, 0));
}
