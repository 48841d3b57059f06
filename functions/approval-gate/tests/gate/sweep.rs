//! The sweep of open approvals, with what Step Functions documents about names, listings and failures.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_dynamodb::operation::query::QueryError;
use aws_sdk_dynamodb::types::error::InternalServerError;
use aws_sdk_sfn::operation::describe_execution::{DescribeExecutionError, DescribeExecutionOutput};
use aws_sdk_sfn::operation::list_executions::{ListExecutionsError, ListExecutionsOutput};
use aws_sdk_sfn::operation::send_task_success::SendTaskSuccessOutput;
use aws_sdk_sfn::operation::start_execution::{StartExecutionError, StartExecutionOutput};
use aws_sdk_sfn::types::error::{ExecutionAlreadyExists, ExecutionDoesNotExist, InvalidArn};
use aws_sdk_sfn::types::{ExecutionListItem, ExecutionStatus};
use aws_sdk_sfn::{Client, types::error::ExecutionLimitExceeded};
use aws_smithy_mocks::{Rule, RuleMode, mock, mock_client};
use aws_smithy_types::DateTime;
use headgate_approval_gate::{SweepError, Sweeper, Swept, sweep};
use headgate_domain::approval::Approval;
use headgate_domain::change::Status;
use headgate_ledger::{Key, Ledger};
use headgate_outbox::Flow;
use headgate_test_support::*;
use headgate_workflow::{Approvals, Workflow};
use jiff::SignedDuration;
use serde_json::{Value, json};

const MINUTE: Duration = Duration::from_secs(60);

/// Step Functions: which executions run, which names are taken, and what it was told.
#[derive(Clone, Default)]
struct Sfn {
    running: Vec<&'static str>,
    /// Executions that have ended, and how many minutes ago.
    ended: Vec<(&'static str, i64)>,
    unlisted: bool,
    full: bool,
    started: Arc<Mutex<Vec<(String, Value)>>>,
    woken: Arc<Mutex<Vec<Value>>>,
}

impl Sfn {
    fn rules(&self) -> [Rule; 8] {
        let this = self.clone();
        let unlisted = mock!(Client::list_executions)
            .match_requests(move |_| this.unlisted)
            .then_error(|| ListExecutionsError::InvalidArn(InvalidArn::builder().build()));
        let this = self.clone();
        // Two pages: the second one must be read, too.
        let list = mock!(Client::list_executions).then_compute_output(move |request| {
            assert_eq!(request.status_filter(), Some(&ExecutionStatus::Running));
            let page = usize::from(request.next_token().is_some());
            let at = |(n, name): (usize, &&str)| {
                (n % 2 == page).then(|| {
                    ExecutionListItem::builder()
                        .name(*name)
                        .execution_arn("arn")
                        .state_machine_arn("arn")
                        .status(ExecutionStatus::Running)
                        .start_date(DateTime::from_secs(0))
                        .build()
                        .unwrap()
                })
            };
            ListExecutionsOutput::builder()
                .set_executions(Some(this.running.iter().enumerate().filter_map(at).collect()))
                .set_next_token((page == 0).then(|| "2".to_owned()))
                .build()
                .unwrap()
        });
        let this = self.clone();
        let full =
            mock!(Client::start_execution).match_requests(move |_| this.full).then_error(|| {
                StartExecutionError::ExecutionLimitExceeded(
                    ExecutionLimitExceeded::builder().build(),
                )
            });
        let this = self.clone();
        let taken = mock!(Client::start_execution)
            .match_requests(move |r| this.ended.iter().any(|(name, _)| Some(*name) == r.name()))
            .then_error(|| {
                StartExecutionError::ExecutionAlreadyExists(
                    ExecutionAlreadyExists::builder().build(),
                )
            });
        let this = self.clone();
        let start = mock!(Client::start_execution).then_compute_output(move |request| {
            let input = serde_json::from_str(request.input().unwrap()).unwrap();
            this.started.lock().unwrap().push((request.name().unwrap().to_owned(), input));
            StartExecutionOutput::builder()
                .execution_arn("arn")
                .start_date(DateTime::from_secs(0))
                .build()
                .unwrap()
        });
        let this = self.clone();
        let wake = mock!(Client::send_task_success).then_compute_output(move |request| {
            let output = serde_json::from_str(request.output().unwrap()).unwrap();
            this.woken.lock().unwrap().push(output);
            SendTaskSuccessOutput::builder().build()
        });
        let this = self.clone();
        let missing = mock!(Client::describe_execution)
            .match_requests(move |r| this.known(r.execution_arn()).is_none())
            .then_error(|| {
                let missing = ExecutionDoesNotExist::builder().build();
                DescribeExecutionError::ExecutionDoesNotExist(missing)
            });
        let this = self.clone();
        let describe = mock!(Client::describe_execution).then_compute_output(move |request| {
            let ended = this.known(request.execution_arn()).unwrap();
            let known = DescribeExecutionOutput::builder()
                .execution_arn("arn")
                .state_machine_arn("arn")
                .start_date(DateTime::from_secs(0));
            match ended {
                None => known.status(ExecutionStatus::Running),
                Some(minutes) => known
                    .status(ExecutionStatus::Failed)
                    .stop_date(DateTime::from_secs(now().as_second() - 60 * minutes)),
            }
            .build()
            .unwrap()
        });
        [unlisted, list, full, taken, start, wake, missing, describe]
    }

    /// Whether an execution exists, and how many minutes ago it ended, if it has.
    fn known(&self, arn: Option<&str>) -> Option<Option<i64>> {
        let name = arn.unwrap().rsplit(':').next().unwrap();
        let ended = self.ended.iter().find(|(ended, _)| *ended == name);
        let running = self.running.contains(&name).then_some(None);
        ended.map(|(_, minutes)| Some(*minutes)).or(running)
    }

    async fn sweep(&self, aws: &Aws, left: Duration) -> Result<Swept, SweepError> {
        let rules = self.rules();
        let rules: Vec<&Rule> = rules.iter().collect();
        let client = mock_client!(aws_sdk_sfn, RuleMode::MatchAny, rules.as_slice());
        let sweeper = Sweeper {
            flow: aws.flow("approval-gate-sweep"),
            approvals: Approvals::new(aws.ledger("ledger"), client.clone()),
            workflow: Workflow::new(client, "arn"),
        };
        sweep(&sweeper, left).await
    }

    fn started(&self) -> Vec<(String, Value)> {
        self.started.lock().unwrap().clone()
    }

    fn woken(&self) -> Vec<Value> {
        self.woken.lock().unwrap().clone()
    }
}

/// An approval in the ledger and, as it was when the index last saw it, on the list of open approvals.
fn open(approval: &Approval) -> Aws {
    let id = &CHANGE.into();
    Aws::new()
        .with(&Key::change(id), &head(Status::AwaitingDecision))
        .with(&Key::approval(id, 1), approval)
        .with(&Key::token(id, 1), &json!({ "token": "t", "slice": 7 }))
        .with(&Key::named("APPROVALS#OPEN#05", "1"), approval)
        .storing()
}

fn swept(open: u32) -> Swept {
    Swept { open, complete: true, ..Swept::default() }
}

const NAME: &str = "chg-orders-queue-r1";

#[tokio::test]
async fn what_is_due_expires_and_its_workflow_ends() {
    let due = Approval { expires_at: now() - SignedDuration::from_secs(1), ..approval() };
    let (aws, sfn) = (open(&due), Sfn { running: vec!["other-r1", NAME], ..Sfn::default() });
    assert_eq!(sfn.sweep(&aws, MINUTE).await.unwrap(), Swept { expired: 1, ..swept(1) });
    assert_eq!(aws.published(), ["approval.decided.v2"]);
    assert_eq!(sfn.woken(), [json!({ "state": "decided", "outcome": "expired" })]);
    // Off the list of open approvals: the write of a decided approval has no place on a list.
    let written = aws.record()["written"].clone();
    let written = written.as_array().unwrap().iter();
    let lists: Vec<_> = written.map(|w| (w["key"].clone(), w["list"].clone())).collect();
    assert!(lists.contains(&(json!(format!("CHANGE#{CHANGE}/APPROVAL#000001")), Value::Null)));
}

#[tokio::test]
async fn what_waits_in_order_is_left_alone() {
    let sfn = Sfn { running: vec!["other-r1", NAME], ..Sfn::default() };
    let aws = open(&approval());
    assert_eq!(sfn.sweep(&aws, MINUTE).await.unwrap(), swept(1));
    assert_eq!((aws.writes(), aws.published().len()), (0, 0));
    assert!(sfn.started().is_empty() && sfn.woken().is_empty());
    // A later run is the workflow of the revision, too.
    let sfn = Sfn { running: vec!["chg-orders-queue-r1-3"], ..Sfn::default() };
    assert_eq!(sfn.sweep(&open(&approval()), MINUTE).await.unwrap(), swept(1));
    assert!(sfn.started().is_empty());
}

/// The index lags behind: the approval was decided a moment ago.
#[tokio::test]
async fn only_the_ledger_says_whether_an_approval_is_open() {
    let decided = Approval { outcome: Some(headgate_events::Outcome::Approved), ..approval() };
    let aws = open(&approval()).with(&Key::approval(&CHANGE.into(), 1), &decided);
    let sfn = Sfn::default();
    sfn.sweep(&aws, MINUTE).await.unwrap();
    assert!(sfn.started().is_empty());
    assert_eq!(aws.writes(), 0);
}

#[tokio::test]
async fn a_superseded_revision_ends_its_workflow_and_leaves_the_list() {
    let mut newer = head(Status::Accepted);
    newer.revision = 2;
    let aws = open(&approval()).with(&Key::change(&CHANGE.into()), &newer);
    let sfn = Sfn { running: vec![NAME], ..Sfn::default() };
    assert_eq!(sfn.sweep(&aws, MINUTE).await.unwrap(), Swept { superseded: 1, ..swept(1) });
    assert_eq!(sfn.woken(), [json!({ "state": "superseded" })]);
    let written = &aws.record()["written"];
    assert_eq!(written.as_array().unwrap().len(), 1, "{written}");
    assert_eq!((&written[0]["list"], &written[0]["version"]), (&Value::Null, &json!("2")));
    assert_eq!(written[0]["body"], serde_json::to_value(approval()).unwrap());
}

/// Step Functions keeps the name of an ended execution for 90 days.
#[tokio::test]
async fn a_workflow_that_is_gone_starts_again_under_the_next_free_name() {
    let sfn = Sfn {
        running: vec!["other-r1"],
        ended: vec![(NAME, 90), ("chg-orders-queue-r1-2", 3)],
        ..Sfn::default()
    };
    let aws = open(&approval());
    assert_eq!(sfn.sweep(&aws, MINUTE).await.unwrap(), Swept { restarted: 1, ..swept(1) });
    // Its slices count on: the token of a slice with a lower number would not replace the stored one.
    let input = json!({ "change_id": CHANGE, "revision": 1, "slice": 50_001 });
    assert_eq!(sfn.started(), [("chg-orders-queue-r1-3".to_owned(), input)]);
}

/// Something ends executions at once: a key that is disabled, a definition that is broken. All 99 names would be used up soon.
#[tokio::test]
async fn each_further_run_waits_longer() {
    let swept = async |ended: Vec<(&'static str, i64)>| {
        let sfn = Sfn { ended, ..Sfn::default() };
        sfn.sweep(&open(&approval()), MINUTE).await.unwrap();
        sfn.started().len()
    };
    // The second run begins at once, the third after two minutes, the fourth after four.
    assert_eq!(swept(vec![(NAME, 0)]).await, 1);
    assert_eq!(swept(vec![(NAME, 9), ("chg-orders-queue-r1-2", 1)]).await, 0);
    assert_eq!(swept(vec![(NAME, 9), ("chg-orders-queue-r1-2", 2)]).await, 1);
    let three = |minutes| {
        vec![(NAME, 99), ("chg-orders-queue-r1-2", 50), ("chg-orders-queue-r1-3", minutes)]
    };
    assert_eq!(swept(three(3)).await, 0);
    assert_eq!(swept(three(4)).await, 1);
}

/// The list of running executions lags behind.
#[tokio::test]
async fn a_run_that_is_not_listed_but_runs_is_not_started_again() {
    let sfn = Sfn { running: vec![NAME], ..Sfn::default() };
    let hidden = Sfn { running: vec!["other-r1"], ..Sfn::default() };
    let rules = sfn.rules();
    let lists = hidden.rules();
    let all: Vec<&Rule> = vec![&lists[1], &rules[6], &rules[7], &rules[4]];
    let client = mock_client!(aws_sdk_sfn, RuleMode::MatchAny, all.as_slice());
    let aws = open(&approval());
    let sweeper = Sweeper {
        flow: aws.flow("approval-gate-sweep"),
        approvals: Approvals::new(aws.ledger("ledger"), client.clone()),
        workflow: Workflow::new(client, "arn"),
    };
    assert_eq!(sweep(&sweeper, MINUTE).await.unwrap(), swept(1));
    assert!(sfn.started().is_empty());
}

/// A newer build wrote it, or it is damaged: it must not hide the others.
#[tokio::test]
async fn an_approval_that_cannot_be_read_does_not_hide_the_others() {
    let due = Approval { expires_at: now() - SignedDuration::from_secs(1), ..approval() };
    let aws = open(&due).with(&Key::named("APPROVALS#OPEN#05", "0"), &json!({ "odd": true }));
    let error = Sfn::default().sweep(&aws, MINUTE).await.unwrap_err();
    assert!(matches!(error, SweepError::Failed { failed: 1, open: 2 }), "{error:?}");
    assert_eq!(aws.published(), ["approval.decided.v2"]);
}

/// `approval-gate-start` is about to start it, or Step Functions does not list it yet.
#[tokio::test]
async fn a_new_approval_has_time_to_start_its_workflow() {
    let new = Approval { requested_at: now() - SignedDuration::from_mins(4), ..approval() };
    let sfn = Sfn::default();
    assert_eq!(sfn.sweep(&open(&new), MINUTE).await.unwrap(), swept(1));
    assert!(sfn.started().is_empty());
}

#[tokio::test]
async fn approvals_expire_even_if_executions_cannot_be_listed() {
    let due = Approval { expires_at: now() - SignedDuration::from_secs(1), ..approval() };
    let (aws, sfn) = (open(&due), Sfn { unlisted: true, ..Sfn::default() });
    let error = sfn.sweep(&aws, MINUTE).await.unwrap_err();
    assert!(matches!(error, SweepError::Failed { failed: 1, open: 1 }), "{error:?}");
    assert_eq!(aws.published(), ["approval.decided.v2"]);
    // Nothing starts while nobody knows what runs.
    let (aws, sfn) = (open(&approval()), Sfn { unlisted: true, ..Sfn::default() });
    sfn.sweep(&aws, MINUTE).await.unwrap_err();
    assert!(sfn.started().is_empty());
}

/// An earlier build listed it, before the list had parts.
#[tokio::test]
async fn an_approval_on_the_list_without_parts_is_looked_after() {
    let due = Approval { expires_at: now() - SignedDuration::from_secs(1), ..approval() };
    let id = &CHANGE.into();
    let aws = Aws::new()
        .with(&Key::change(id), &head(Status::AwaitingDecision))
        .with(&Key::approval(id, 1), &due)
        .with(&Key::token(id, 1), &json!({ "token": "t", "slice": 7 }))
        .with(&Key::named("APPROVALS#OPEN", "1"), &due)
        .storing();
    let sfn = Sfn { running: vec![NAME], ..Sfn::default() };
    assert_eq!(sfn.sweep(&aws, MINUTE).await.unwrap(), Swept { expired: 1, ..swept(1) });
}

#[tokio::test]
async fn one_failure_does_not_stop_the_others() {
    let due = Approval { expires_at: now() - SignedDuration::from_secs(1), ..approval() };
    let (lost, other) = (Approval { change_id: "lost".into(), ..approval() }, "lost".into());
    let aws = open(&due)
        .with(&Key::named("APPROVALS#OPEN", "0"), &lost)
        .with(&Key::change(&other), &head(Status::AwaitingDecision))
        .with(&Key::approval(&other, 1), &lost);
    let sfn = Sfn { full: true, ..Sfn::default() };
    let error = sfn.sweep(&aws, MINUTE).await.unwrap_err();
    assert!(matches!(error, SweepError::Failed { failed: 1, open: 2 }), "{error:?}");
    assert_eq!(aws.published(), ["approval.decided.v2"]);
}

#[tokio::test]
async fn a_sweep_without_time_says_that_it_is_not_complete() {
    let swept = Sfn::default().sweep(&open(&approval()), Duration::from_secs(9)).await;
    assert!(matches!(swept, Err(SweepError::Incomplete(0))), "{swept:?}");
}

/// DynamoDB is not available. Each call may take 15 seconds, and a sweep that goes on would be killed without a word.
#[tokio::test]
async fn a_table_that_is_not_available_ends_the_sweep_after_two_lists() {
    let failed = mock!(aws_sdk_dynamodb::Client::query)
        .then_error(|| QueryError::InternalServerError(InternalServerError::builder().build()));
    let db = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&failed]);
    let rules = Sfn::default().rules();
    let rules: Vec<&Rule> = rules.iter().collect();
    let client = mock_client!(aws_sdk_sfn, RuleMode::MatchAny, rules.as_slice());
    let aws = Aws::new();
    let flow = Flow { ledger: Ledger::new(db, "ledger"), ..aws.flow("approval-gate-sweep") };
    let sweeper = Sweeper {
        approvals: Approvals::new(aws.ledger("ledger"), client.clone()),
        flow,
        workflow: Workflow::new(client, "arn"),
    };
    let error = sweep(&sweeper, MINUTE).await.unwrap_err();
    assert!(matches!(error, SweepError::Failed { failed: 2, open: 0 }), "{error:?}");
    assert_eq!(failed.num_calls(), 2);
}
