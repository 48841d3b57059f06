//! A 200 with failed entries is not a success.
#![allow(clippy::unwrap_used)]

use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::operation::put_events::PutEventsOutput;
use aws_sdk_eventbridge::types::PutEventsResultEntry;
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use headgate_bus::{Bus, PublishError};
use headgate_events::Outgoing;
use serde_json::json;

fn event(n: usize) -> Outgoing {
    Outgoing {
        id: format!("e-{n}"),
        source: "headgate.test".into(),
        kind: "change.accepted.v1".into(),
        detail: json!({ "id": n }),
    }
}

fn answer(codes: &[Option<&str>]) -> PutEventsOutput {
    let entries = codes.iter().map(|code| {
        PutEventsResultEntry::builder().set_error_code(code.map(str::to_owned)).build()
    });
    let failed = codes.iter().flatten().count();
    PutEventsOutput::builder()
        .failed_entry_count(i32::try_from(failed).unwrap())
        .set_entries(Some(entries.collect()))
        .build()
}

#[tokio::test]
async fn events_go_in_tens() {
    let ten = mock!(Client::put_events)
        .match_requests(|r| r.entries().len() == 10)
        .then_output(|| answer(&[None; 10]));
    let rest = mock!(Client::put_events)
        .match_requests(|r| {
            r.entries().len() == 3 && r.entries()[0].detail() == Some("{\"id\":20}")
        })
        .then_output(|| answer(&[None; 3]));
    let client = mock_client!(aws_sdk_eventbridge, RuleMode::MatchAny, [&ten, &rest]);
    let events: Vec<_> = (0..23).map(event).collect();
    Bus::new(client, "bus").publish(&events).await.unwrap();
    assert_eq!((ten.num_calls(), rest.num_calls()), (2, 1));
}

#[tokio::test]
async fn only_the_failed_entries_are_tried_again() {
    let first = mock!(Client::put_events)
        .match_requests(|r| r.entries().len() == 3)
        .then_output(|| answer(&[None, Some("ThrottlingException"), None]));
    let second = mock!(Client::put_events)
        .match_requests(|r| r.entries().len() == 1 && r.entries()[0].detail() == Some("{\"id\":1}"))
        .then_output(|| answer(&[None]));
    let client = mock_client!(aws_sdk_eventbridge, RuleMode::Sequential, [&first, &second]);
    let events: Vec<_> = (0..3).map(event).collect();
    Bus::new(client, "bus").publish(&events).await.unwrap();
    assert_eq!((first.num_calls(), second.num_calls()), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn what_keeps_failing_is_an_error() {
    let always = mock!(Client::put_events).then_output(|| answer(&[Some("InternalFailure")]));
    let client = mock_client!(aws_sdk_eventbridge, RuleMode::MatchAny, [&always]);
    let error = Bus::new(client, "bus").publish(&[event(7)]).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "EventBridge rejected 1 event(s), the first (e-7) with InternalFailure"
    );
    assert_eq!(always.num_calls(), 4);
}

/// AWS documents one result for each entry. A response that says less is no success.
#[tokio::test(start_paused = true)]
async fn entries_without_a_result_are_sent_again() {
    let short = mock!(Client::put_events)
        .match_requests(|r| r.entries().len() == 3)
        .then_output(|| answer(&[None]));
    let rest = mock!(Client::put_events)
        .match_requests(|r| r.entries().len() == 2 && r.entries()[0].detail() == Some("{\"id\":1}"))
        .then_output(|| answer(&[None, None]));
    let client = mock_client!(aws_sdk_eventbridge, RuleMode::Sequential, [&short, &rest]);
    let events: Vec<_> = (0..3).map(event).collect();
    Bus::new(client, "bus").publish(&events).await.unwrap();
    assert_eq!((short.num_calls(), rest.num_calls()), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn failures_that_are_counted_but_not_named_are_an_error() {
    let vague = mock!(Client::put_events)
        .then_output(|| PutEventsOutput::builder().failed_entry_count(1).build());
    let client = mock_client!(aws_sdk_eventbridge, RuleMode::MatchAny, [&vague]);
    let error = Bus::new(client, "bus").publish(&[event(7)]).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "EventBridge rejected 1 event(s), the first (e-7) with no result"
    );
}

#[tokio::test]
async fn what_is_too_large_is_refused_before_it_is_sent() {
    let never = mock!(Client::put_events).then_output(|| answer(&[None]));
    let client = mock_client!(aws_sdk_eventbridge, RuleMode::MatchAny, [&never]);
    let large = Outgoing { detail: json!("x".repeat(201 * 1024)), ..event(1) };
    let error = Bus::new(client, "bus").publish(&[large]).await.unwrap_err();
    assert!(matches!(error, PublishError::Oversized { .. }), "{error}");
    assert_eq!(never.num_calls(), 0);
}
