//! Requests to SNS, and its errors.

use aws_sdk_sns::Client;
use aws_sdk_sns::operation::publish::{PublishError, PublishOutput};
use aws_sdk_sns::types::error::NotFoundException;
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use headgate_clients::Topic;

#[tokio::test]
async fn a_subject_is_cut_to_what_sns_takes() {
    let published = mock!(Client::publish)
        .match_requests(|r| {
            let subject = r.subject().unwrap();
            r.topic_arn() == Some("arn:topic")
                && r.message() == Some("tëxt\n")
                && subject.len() == 99
                && subject.starts_with("brken in intake")
        })
        .then_output(|| PublishOutput::builder().message_id("n-1").build());
    let client = mock_client!(aws_sdk_sns, RuleMode::MatchAny, [&published]);
    let subject = format!("bröken\n in intake{}", "!".repeat(200));
    let id = Topic::new(client, "arn:topic").publish(&subject, "tëxt\n").await.unwrap();
    assert_eq!(id, "n-1");
}

#[tokio::test]
async fn a_topic_that_is_missing_is_an_error() {
    let missing = mock!(Client::publish)
        .then_error(|| PublishError::NotFoundException(NotFoundException::builder().build()));
    let client = mock_client!(aws_sdk_sns, RuleMode::MatchAny, [&missing]);
    let error = Topic::new(client, "arn:topic").publish("s", "t").await.unwrap_err();
    assert_eq!(error.to_string(), "SNS Publish failed");
}
