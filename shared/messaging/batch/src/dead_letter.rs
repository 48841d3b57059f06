//! Sends poison messages to the dead-letter queue, with attributes that say why.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::SdkError;
use aws_sdk_sqs::operation::send_message::SendMessageError;
use aws_sdk_sqs::types::MessageAttributeValue;

use crate::outcome::Poison;
use crate::record::Record;

/// Names of the message attributes of a dead letter. SQS allows ten.
pub mod attribute {
    /// Stable code of the error.
    pub const ERROR_TYPE: &str = "dlq.error_type";
    /// Reason, as text.
    pub const REASON: &str = "dlq.reason";
    /// Function that rejected the message.
    pub const CONSUMER: &str = "dlq.consumer";
    /// Build of that function.
    pub const BUILD: &str = "dlq.build";
    /// Event type, if it could be read.
    pub const EVENT_TYPE: &str = "dlq.event_type";
    /// Version of the event, if it could be read.
    pub const EVENT_VERSION: &str = "dlq.event_version";
    /// Id of the message in the source queue.
    pub const MESSAGE_ID: &str = "dlq.message_id";
    /// How many times the message was received.
    pub const ATTEMPTS: &str = "dlq.attempts";
    /// Mark of a redrive: set when a dead letter is sent back to its source queue, and kept if the message
    /// becomes a dead letter again.
    pub const REDRIVE: &str = "dlq.redrive";
}

/// Longest reason, in characters. SQS allows 1 MiB for body and attributes together.
const MAX_REASON: usize = 1_000;

/// Why a dead letter could not be sent. The message stays in its source queue.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DeadLetterError {
    #[error("message attribute {0} cannot be built")]
    Attribute(&'static str),
    #[error("SendMessage to the dead-letter queue failed")]
    Send(#[source] Box<SdkError<SendMessageError>>),
}

/// Sends a record to the dead-letter queue at `url`, with the reason why it cannot be processed.
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
        // What SQS moved here may carry a mark that somebody made up.
        (
            attribute::REDRIVE,
            record
                .attributes
                .get(attribute::REDRIVE)
                .filter(|_| record.moved_from.is_none())
                .map_or("", |v| v),
        ),
    ] {
        // SQS rejects empty attribute values.
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
