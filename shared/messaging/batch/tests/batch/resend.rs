//! Dead letters that go back to their source queue.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::operation::send_message::{SendMessageError, SendMessageOutput};
use aws_sdk_sqs::types::error::QueueDoesNotExist;
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use headgate_batch::{Resend, ResendError, attribute};

const URL: &str = "https://sqs.us-east-1.amazonaws.com/000000000000/orders";

#[tokio::test]
async fn a_dead_letter_goes_back_with_its_mark_and_without_its_reason() {
    let sent = mock!(Client::send_message)
        .match_requests(|r| {
            let attributes = r.message_attributes().unwrap();
            let mark = attributes[attribute::REDRIVE].string_value();
            (r.queue_url(), r.message_body()) == (Some(URL), Some("body"))
                && (attributes.len(), mark) == (1, Some("redrive-1"))
        })
        .then_output(|| SendMessageOutput::builder().build());
    let resend = Resend::new(mock_client!(aws_sdk_sqs, RuleMode::MatchAny, [&sent]));
    resend.send(URL, "body", "redrive-1").await.unwrap();
    assert_eq!(sent.num_calls(), 1);
}

#[tokio::test]
async fn a_queue_that_is_gone_takes_nothing_back() {
    let gone = mock!(Client::send_message)
        .then_error(|| SendMessageError::QueueDoesNotExist(QueueDoesNotExist::builder().build()));
    let resend = Resend::new(mock_client!(aws_sdk_sqs, RuleMode::MatchAny, [&gone]));
    let error = resend.send(URL, "body", "redrive-1").await.unwrap_err();
    assert!(matches!(error, ResendError::Send(_)), "{error}");
}
