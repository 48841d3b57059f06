//! How a lease reacts to the responses of DynamoDB and S3.
#![allow(clippy::unwrap_used)]

mod kept;
mod lost_answers;

use std::sync::Arc;
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::update_item::{
    UpdateItemError, UpdateItemInput, UpdateItemOutput,
};
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_dynamodb::types::error::{ConditionalCheckFailedException, InternalServerError};
use aws_smithy_mocks::{Rule, RuleMode, mock, mock_client};
use headgate_lease::{Lease, LeaseError, LeaseOutcome, LeaseRequest, Leases, OnTimeout, RunError};
use jiff::{SignedDuration, Timestamp};

type Item = std::collections::HashMap<String, AttributeValue>;

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("no connection")]
struct NoConnection;

const LEASE: Duration = Duration::from_secs(30);
const NOW_MS: i64 = 1_000_000;
/// A digest that does not match `order`.
const OTHER: &str = "8aaa3d8bbf6db82d1c2f6c3b9c4a5f6b";

fn now() -> Timestamp {
    Timestamp::from_millisecond(NOW_MS).unwrap()
}

fn payload() -> String {
    use sha2::Digest as _;
    hex::encode(sha2::Sha256::digest(b"order"))
}

fn item(state: &str, owner: &str, attempt: u64, lease_until: i64) -> Item {
    let s = |v: &str| AttributeValue::S(v.to_owned());
    let n = |v: i64| AttributeValue::N(v.to_string());
    Item::from([
        ("state".to_owned(), s(state)),
        ("owner".to_owned(), s(owner)),
        ("attempt".to_owned(), n(attempt.try_into().unwrap())),
        ("lease_until".to_owned(), n(lease_until)),
        ("expires_at".to_owned(), n(NOW_MS + 1_000_000)),
        ("payload_sha256".to_owned(), s(&payload())),
    ])
}

fn with(mut item: Item, name: &str, value: &str) -> Item {
    item.insert(name.to_owned(), AttributeValue::S(value.to_owned()));
    item
}

fn is_lease(request: &UpdateItemInput) -> bool {
    request.update_expression().unwrap().contains("if_not_exists(attempt")
}

fn claimed() -> Rule {
    mock!(Client::update_item).match_requests(is_lease).then_output(|| {
        UpdateItemOutput::builder()
            .set_attributes(Some(item("in_progress", "me", 3, NOW_MS + 30_000)))
            .build()
    })
}

fn refused(request: bool, found: Item) -> Rule {
    mock!(Client::update_item).match_requests(move |r| is_lease(r) == request).then_error(
        move || {
            UpdateItemError::ConditionalCheckFailedException(
                ConditionalCheckFailedException::builder().set_item(Some(found.clone())).build(),
            )
        },
    )
}

fn ended(next: &'static str) -> Rule {
    mock!(Client::update_item)
        .match_requests(move |r| {
            let values = r.expression_attribute_values().unwrap();
            r.condition_expression()
                == Some("#owner = :owner AND attempt = :attempt AND #state = :in_progress")
                && values[":next"] == AttributeValue::S(next.to_owned())
                && values[":attempt"] == AttributeValue::N("3".to_owned())
        })
        .then_output(|| UpdateItemOutput::builder().build())
}

fn leases(dynamo: &[&Rule], s3: &[&Rule]) -> Leases {
    let dynamo = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, dynamo);
    let s3 = mock_client!(aws_sdk_s3, RuleMode::MatchAny, s3);
    Leases::new(dynamo, "leases", s3, "bucket", Arc::new(now))
}

fn order() -> LeaseRequest<'static> {
    LeaseRequest::new("order-7", b"order", LEASE)
}

async fn pay(_: &Lease) -> Result<String, NoConnection> {
    Ok("receipt".to_owned())
}

async fn never(_: &Lease) -> Result<String, NoConnection> {
    panic!("the effect must not run")
}

fn lease_error<T: std::fmt::Debug>(result: Result<T, RunError<NoConnection>>) -> LeaseError {
    match result {
        Err(RunError::Lease(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_first_claims_runs_and_completes_under_its_fence() {
    let (claimed, done) = (claimed(), ended("done"));
    let result = leases(&[&claimed, &done], &[])
        .run(&order(), async |held| {
            assert_eq!((held.attempt, held.until), (3, now() + SignedDuration::from_secs(30)));
            pay(held).await
        })
        .await;
    assert_eq!(result.unwrap(), LeaseOutcome::Done("receipt".to_owned()));
    assert_eq!((claimed.num_calls(), done.num_calls()), (1, 1));
}

#[tokio::test]
async fn an_effect_that_fails_gives_its_lease_back() {
    let (claimed, released) = (claimed(), ended("released"));
    let result = leases(&[&claimed, &released], &[])
        .run(&order(), async |_| Err::<String, _>(NoConnection))
        .await;
    assert!(matches!(result, Err(RunError::Effect(NoConnection))));
    assert_eq!(released.num_calls(), 1);
}

#[tokio::test]
async fn a_duplicate_gets_the_saved_result() {
    let done = with(item("done", "other", 1, NOW_MS), "result", "\"receipt\"");
    let result = leases(&[&refused(true, done)], &[]).run(&order(), never).await;
    assert_eq!(result.unwrap(), LeaseOutcome::AlreadyDone("receipt".to_owned()));
}

#[tokio::test]
async fn a_duplicate_meanwhile_is_told_when_to_come_back() {
    let busy = item("in_progress", "other", 1, NOW_MS + 5_000);
    let result = leases(&[&refused(true, busy)], &[]).run(&order(), never).await;
    let until = now() + SignedDuration::from_secs(5);
    assert_eq!(result.unwrap(), LeaseOutcome::Busy { until });
    // An owner that is still at work has not timed out, whatever happens if it does.
    let busy = item("in_progress", "other", 1, NOW_MS + 5_000);
    let request = order().on_timeout(OnTimeout::Quarantine);
    let result = leases(&[&refused(true, busy)], &[]).run(&request, never).await;
    assert_eq!(result.unwrap(), LeaseOutcome::Busy { until });
}

#[tokio::test]
async fn a_timed_out_owner_is_succeeded_only_where_the_caller_says_so() {
    let takes_over = mock!(Client::update_item)
        .match_requests(|r| r.condition_expression().unwrap().contains("lease_until <= :now"))
        .then_output(|| {
            UpdateItemOutput::builder()
                .set_attributes(Some(item("in_progress", "me", 3, NOW_MS + 30_000)))
                .build()
        });
    let result = leases(&[&takes_over, &ended("done")], &[]).run(&order(), pay).await;
    assert_eq!(result.unwrap(), LeaseOutcome::Done("receipt".to_owned()));

    let stays = refused(true, item("in_progress", "other", 2, NOW_MS - 1_000));
    let request = order().on_timeout(OnTimeout::Quarantine);
    let error = lease_error(leases(&[&stays], &[]).run(&request, never).await);
    assert!(!error.is_transient());
    assert_eq!(
        error.to_string(),
        "attempt 2 at `order-7` timed out at 1970-01-01T00:16:39Z; check whether its effect \
         happened"
    );
}

#[tokio::test]
async fn what_has_begun_is_not_repeated_and_what_has_not_is() {
    let request = order().on_timeout(OnTimeout::QuarantineOnceBegun);
    let takes_over = mock!(Client::update_item)
        .match_requests(|r| {
            r.condition_expression().unwrap().contains("attribute_exists(preparing)")
                && r.update_expression().unwrap().contains("preparing = :owner")
        })
        .then_output(|| {
            UpdateItemOutput::builder()
                .set_attributes(Some(item("in_progress", "me", 3, NOW_MS + 30_000)))
                .build()
        });
    let begins = mock!(Client::update_item)
        .match_requests(|r| {
            r.condition_expression().unwrap()
                == "#owner = :owner AND attempt = :attempt AND #state = :in_progress AND \
                    lease_until > :now"
                && r.update_expression() == Some("REMOVE preparing")
        })
        .then_output(|| UpdateItemOutput::builder().build());
    let leases_ = leases(&[&takes_over, &begins, &ended("done")], &[]);
    let result = leases_
        .run(&request, async |held| {
            leases_.begin(&request, held).await.unwrap();
            pay(held).await
        })
        .await;
    assert_eq!(result.unwrap(), LeaseOutcome::Done("receipt".to_owned()));
    assert_eq!(begins.num_calls(), 1);

    let begun = item("in_progress", "other", 2, NOW_MS - 1_000);
    let error = lease_error(leases(&[&refused(true, begun)], &[]).run(&request, never).await);
    assert!(matches!(error, LeaseError::Abandoned { attempt: 2, .. }), "{error}");
    // The lease ended between our write and our read. Nobody has taken it over yet, so it is busy.
    let idle = with(item("in_progress", "other", 2, NOW_MS - 1_000), "preparing", "other");
    let result = leases(&[&refused(true, idle)], &[]).run(&request, never).await;
    assert!(matches!(result, Ok(LeaseOutcome::Busy { .. })), "{result:?}");
}

#[tokio::test]
async fn nothing_begins_after_the_lease() {
    let late = refused(false, item("in_progress", "other", 4, NOW_MS + 9_000));
    let leases = leases(&[&late], &[]);
    let held = Lease { owner: "me".to_owned(), attempt: 3, until: now() };
    let error = leases.begin(&order(), &held).await.unwrap_err();
    assert!(matches!(error, LeaseError::Lost { attempt: 3, .. }) && error.is_transient());
}

#[tokio::test]
async fn a_key_that_is_reused_for_another_payload_is_an_error() {
    let other = with(item("done", "other", 1, NOW_MS), "payload_sha256", OTHER);
    let error = lease_error(leases(&[&refused(true, other)], &[]).run(&order(), never).await);
    assert!(!error.is_transient());
    assert_eq!(
        error.to_string(),
        "idempotency key `order-7` was already used with a different payload; use a new key"
    );
}

#[tokio::test]
async fn a_late_owner_cannot_complete_what_another_holds() {
    let newer = refused(false, item("in_progress", "other", 4, NOW_MS + 9_000));
    let error = lease_error(leases(&[&claimed(), &newer], &[]).run(&order(), pay).await);
    assert!(error.is_transient());
    assert_eq!(
        error.to_string(),
        "the lease of attempt 3 at `order-7` has ended; a newer attempt may take over"
    );
}

#[tokio::test]
async fn a_saved_result_of_another_type_is_an_error_not_a_second_effect() {
    let done = with(item("done", "other", 1, NOW_MS), "result", "{\"total\":1}");
    let error = lease_error(leases(&[&refused(true, done)], &[]).run(&order(), never).await);
    assert_eq!(error.to_string(), "the result of `order-7` cannot be converted to or from JSON");
}

#[tokio::test]
async fn what_dynamodb_fails_at_is_worth_another_try() {
    let broken = mock!(Client::update_item).then_error(|| {
        UpdateItemError::InternalServerError(InternalServerError::builder().build())
    });
    let error = lease_error(leases(&[&broken], &[]).run(&order(), never).await);
    assert!(error.is_transient());
}

/// The condition is the lease: DynamoDB evaluates it, so a mock that answers anyway would not notice a weaker one.
#[tokio::test]
async fn a_lease_is_taken_only_if_it_is_free() {
    let expired = "#state = :in_progress AND lease_until <= :now";
    for (on_timeout, or) in [
        (OnTimeout::Retry, format!(" OR ({expired})")),
        (OnTimeout::Quarantine, String::new()),
        (
            OnTimeout::QuarantineOnceBegun,
            format!(" OR ({expired} AND attribute_exists(preparing))"),
        ),
    ] {
        let condition = format!(
            "attribute_not_exists(pk) OR expires_at <= :now OR \
             (payload_sha256 = :payload AND (#state = :released{or}))"
        );
        let taken = mock!(Client::update_item)
            .match_requests(move |r| {
                let values = r.expression_attribute_values().unwrap();
                is_lease(r)
                    && r.condition_expression() == Some(condition.as_str())
                    && values[":now"] == AttributeValue::N(NOW_MS.to_string())
                    && values[":in_progress"] == AttributeValue::S("in_progress".to_owned())
                    && values[":released"] == AttributeValue::S("released".to_owned())
                    && values[":payload"] == AttributeValue::S(payload())
            })
            .then_output(|| {
                UpdateItemOutput::builder()
                    .set_attributes(Some(item("in_progress", "me", 3, NOW_MS + 30_000)))
                    .build()
            });
        let leases = leases(&[&taken, &ended("done")], &[]);
        let request = order().on_timeout(on_timeout);
        let outcome = leases.run(&request, pay).await.unwrap();
        assert_eq!(outcome, LeaseOutcome::Done("receipt".to_owned()));
    }
}
