//! A late token is a result, not an error.
#![allow(clippy::unwrap_used)]

use aws_sdk_dynamodb::operation::get_item::GetItemOutput;
use aws_sdk_sfn::Client;
use aws_sdk_sfn::operation::send_task_success::{SendTaskSuccessError, SendTaskSuccessOutput};
use aws_sdk_sfn::operation::start_execution::StartExecutionError;
use aws_sdk_sfn::types::error::{
    ExecutionAlreadyExists, InvalidToken, StateMachineDoesNotExist, TaskDoesNotExist, TaskTimedOut,
};
use aws_smithy_mocks::{Rule, RuleMode, mock, mock_client};
use headgate_events::Outcome;
use headgate_ledger::Ledger;
use headgate_workflow::{Approvals, TaskToken, Wake, Workflow};

fn ledger(item: Option<&'static str>) -> Ledger {
    let get = mock!(aws_sdk_dynamodb::Client::get_item).then_output(move || {
        let answer = GetItemOutput::builder();
        match item {
            Some(body) => answer
                .item("body", aws_sdk_dynamodb::types::AttributeValue::S(body.to_owned()))
                .build(),
            None => answer.build(),
        }
    });
    Ledger::new(mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&get]), "ledger")
}

async fn wake(rule: &Rule, token: Option<&'static str>) -> Result<Wake, String> {
    let client = mock_client!(aws_sdk_sfn, RuleMode::MatchAny, [rule]);
    let approvals = Approvals::new(ledger(token), client);
    approvals.wake(&"c".into(), 1, Outcome::Approved).await.map_err(|e| e.to_string())
}

const TOKEN: Option<&str> = Some(r#"{"token":"t-1","slice":2}"#);

#[tokio::test]
async fn the_waiting_slice_is_woken_with_the_outcome() {
    let sent = mock!(Client::send_task_success)
        .match_requests(|r| {
            let output: serde_json::Value = serde_json::from_str(r.output().unwrap()).unwrap();
            r.task_token() == Some("t-1")
                && output == serde_json::json!({ "state": "decided", "outcome": "approved" })
        })
        .then_output(|| SendTaskSuccessOutput::builder().build());
    assert_eq!(wake(&sent, TOKEN).await, Ok(Wake::Delivered));
    assert_eq!(wake(&sent, None).await, Ok(Wake::NoToken));
}

#[tokio::test]
async fn late_gone_and_unreadable_tokens_are_the_same_to_us() {
    let late = mock!(Client::send_task_success)
        .then_error(|| SendTaskSuccessError::TaskTimedOut(TaskTimedOut::builder().build()));
    let gone = mock!(Client::send_task_success)
        .then_error(|| SendTaskSuccessError::TaskDoesNotExist(TaskDoesNotExist::builder().build()));
    let unreadable = mock!(Client::send_task_success)
        .then_error(|| SendTaskSuccessError::InvalidToken(InvalidToken::builder().build()));
    for rule in [late, gone, unreadable] {
        assert_eq!(wake(&rule, TOKEN).await, Ok(Wake::TimedOut));
    }
}

#[tokio::test]
async fn a_second_start_is_no_other_workflow() {
    let exists = mock!(Client::start_execution)
        .match_requests(|r| r.name() == Some("c-r2"))
        .then_error(|| {
            StartExecutionError::ExecutionAlreadyExists(ExecutionAlreadyExists::builder().build())
        });
    let client = mock_client!(aws_sdk_sfn, RuleMode::MatchAny, [&exists]);
    assert!(!Workflow::new(client, "arn").start(&"c".into(), 2).await.unwrap());
    let missing = mock!(Client::start_execution).then_error(|| {
        StartExecutionError::StateMachineDoesNotExist(StateMachineDoesNotExist::builder().build())
    });
    let client = mock_client!(aws_sdk_sfn, RuleMode::MatchAny, [&missing]);
    assert!(Workflow::new(client, "arn").start(&"c".into(), 2).await.is_err());
}

#[test]
fn a_token_is_never_printed() {
    let token = TaskToken { token: "secret".into(), slice: 1 };
    assert!(!format!("{token:?}").contains("secret"));
}
