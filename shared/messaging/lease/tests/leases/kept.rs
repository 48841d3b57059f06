//! Where results are kept, and for how long.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::update_item::{UpdateItemInput, UpdateItemOutput};
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_s3::operation::get_object::GetObjectOutput;
use aws_sdk_s3::operation::put_object::PutObjectOutput;
use aws_sdk_s3::primitives::ByteStream;
use aws_smithy_mocks::mock;
use headgate_lease::LeaseOutcome;

use crate::{
    NOW_MS, NoConnection, OTHER, claimed, is_lease, item, lease_error, leases, never, order, pay,
    refused, with,
};

#[tokio::test]
async fn a_large_result_goes_to_s3_and_comes_back_checked() {
    let put = mock!(aws_sdk_s3::Client::put_object)
        .match_requests(|r| r.key().unwrap().starts_with("leases/"))
        .then_output(|| PutObjectOutput::builder().build());
    let done = mock!(Client::update_item)
        .match_requests(|r| {
            let values = r.expression_attribute_values().unwrap();
            values.contains_key(":sha256") && !values.contains_key(":result")
        })
        .then_output(|| UpdateItemOutput::builder().build());
    let large = "x".repeat(200_000);
    let result = leases(&[&claimed(), &done], &[&put])
        .run(&order(), async |_| Ok::<_, NoConnection>(large.clone()))
        .await;
    assert_eq!(result.unwrap(), LeaseOutcome::Done(large));
    assert_eq!((put.num_calls(), done.num_calls()), (1, 1));

    let get = mock!(aws_sdk_s3::Client::get_object).then_output(|| {
        GetObjectOutput::builder().body(ByteStream::from_static(b"\"other\"")).build()
    });
    let saved = with(item("done", "other", 1, NOW_MS), "result_key", "leases/other");
    let saved = with(saved, "result_sha256", OTHER);
    let error = lease_error(leases(&[&refused(true, saved)], &[&get]).run(&order(), never).await);
    assert_eq!(error.to_string(), "the saved result of `order-7` in S3 does not match its SHA-256");
}

/// DynamoDB reads and writes an item whole, so only large results are elsewhere.
#[tokio::test]
async fn a_result_of_fifty_kilobytes_stays_in_the_item() {
    let done = mock!(Client::update_item)
        .match_requests(|r| r.expression_attribute_values().unwrap().contains_key(":result"))
        .then_output(|| UpdateItemOutput::builder().build());
    let result = leases(&[&claimed(), &done], &[])
        .run(&order(), async |_| Ok::<_, NoConnection>("x".repeat(50_000)))
        .await;
    assert!(matches!(result, Ok(LeaseOutcome::Done(_))), "{result:?}");
    assert_eq!(done.num_calls(), 1);
}

/// SQS keeps a message for 14 days, and a dead letter again. TTL may remove an item only after the effect may run again.
#[tokio::test]
async fn a_result_is_kept_for_ninety_days_and_the_item_for_a_day_more() {
    const DAY_MS: i64 = 24 * 3_600 * 1_000;
    let kept = |r: &UpdateItemInput, from: i64| {
        let values = r.expression_attribute_values().unwrap();
        let number = |n: i64| AttributeValue::N(n.to_string());
        values[":expires"] == number(from + 90 * DAY_MS)
            && values[":ttl"] == number((from + 91 * DAY_MS) / 1_000)
    };
    let taken = mock!(Client::update_item)
        .match_requests(move |r| is_lease(r) && kept(r, NOW_MS + 30_000))
        .then_output(|| {
            UpdateItemOutput::builder()
                .set_attributes(Some(item("in_progress", "me", 3, NOW_MS + 30_000)))
                .build()
        });
    let done = mock!(Client::update_item)
        .match_requests(move |r| !is_lease(r) && kept(r, NOW_MS))
        .then_output(|| UpdateItemOutput::builder().build());
    let result = leases(&[&taken, &done], &[]).run(&order(), pay).await;
    assert_eq!(result.unwrap(), LeaseOutcome::Done("receipt".to_owned()));
    assert_eq!((taken.num_calls(), done.num_calls()), (1, 1));
}
