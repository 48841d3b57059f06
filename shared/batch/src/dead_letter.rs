//! The dead-letter queue: where poison goes, and what is said about it there.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::SdkError;
use aws_sdk_sqs::operation::send_message::SendMessageError;
use aws_sdk_sqs::types::MessageAttributeValue;

use crate::outcome::Poison;
use crate::record::Record;

/// Names of the message attributes that go with a dead letter. SQS allows ten.
pub mod attribute {
    /// Stable code of the error.
    pub const ERROR_TYPE: &str = "dlq.error_type";
    /// The reason, in words.
    pub const REASON: &str = "dlq.reason";
    /// The function that gave up.
    pub const CONSUMER: &str = "dlq.consumer";
    /// Its build.
    pub const BUILD: &str = "dlq.build";
    /// The event type, as far as it could be read.
    pub const EVENT_TYPE: &str = "dlq.event_type";
    /// The event's version, as far as it could be read.
    pub const EVENT_VERSION: &str = "dlq.event_version";
    /// Id of the message in the source queue.
    pub const MESSAGE_ID: &str = "dlq.message_id";
    /// How often it had been received.
    pub const ATTEMPTS: &str = "dlq.attempts";
    /// Set by whoever sends a dead letter to its source queue again, and kept if it comes back.
    pub const REDRIVE: &str = "dlq.redrive";
}

/// SQS allows 1 MiB for body and attributes together; a reason needs no more than this.
const MAX_REASON: usize = 1_000;

/// A dead letter could not be sent. The message stays in its source queue.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DeadLetterError {
    #[error("message attribute {0} cannot be built")]
    Attribute(&'static str),
    #[error("SendMessage to the dead-letter queue failed")]
    Send(#[source] Box<SdkError<SendMessageError>>),
}

/// Sends a record to the queue at `url`, with the reason why it cannot be processed.
pub(crate) async fn send(
    client: &Client,
    url: &str,
    (consumer, build): (&str, &str),
    record: &Record,
    poison: &Poison,
) -> Result<(), DeadLetterError> {
    let reason: String = poison.reason.chars().take(MAX_REASON).collect();
    let attempts = record.receive_count.to_string();
    let mut request = client.send_message().queue_url(url).message_body(&record.body);
    for (name, value) in [
        (attribute::ERROR_TYPE, poison.code.as_str()),
        (attribute::REASON, &reason),
        (attribute::CONSUMER, consumer),
        (attribute::BUILD, build),
        (attribute::EVENT_TYPE, poison.event_type.as_deref().unwrap_or_default()),
        (attribute::EVENT_VERSION, poison.event_version.as_deref().unwrap_or_default()),
        (attribute::MESSAGE_ID, &record.message_id),
        (attribute::ATTEMPTS, &attempts),
        (attribute::REDRIVE, record.attributes.get(attribute::REDRIVE).map_or("", |v| v)),
    ] {
        // SQS refuses empty attribute values.
        if value.is_empty() {
            continue;
        }
        let value = MessageAttributeValue::builder()
            .data_type("String")
            .string_value(value)
            .build()
            .map_err(|_| DeadLetterError::Attribute(name))?;
        request = request.message_attributes(name, value);
    }
    request.send().await.map(|_| ()).map_err(|e| DeadLetterError::Send(Box::new(e)))
}
