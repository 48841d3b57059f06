//! The dead-letter queue: where poison goes, and what is said about it there.

use aws_config::SdkConfig;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::SdkError;
use aws_sdk_sqs::operation::send_message::SendMessageError;
use aws_sdk_sqs::types::MessageAttributeValue;

use crate::run::{Poison, Record};

/// Names of the message attributes that go with a dead letter.
pub mod attribute {
    /// Stable code of the error.
    pub const ERROR_TYPE: &str = "headgate.error_type";
    /// The reason, in words.
    pub const REASON: &str = "headgate.reason";
    /// The function that gave up.
    pub const CONSUMER: &str = "headgate.consumer";
    /// Its build.
    pub const BUILD: &str = "headgate.build";
    /// The event type, as far as it could be read.
    pub const EVENT_TYPE: &str = "headgate.event_type";
    /// Id of the message in the source queue.
    pub const MESSAGE_ID: &str = "headgate.message_id";
    /// How often it had been received.
    pub const ATTEMPTS: &str = "headgate.attempts";
}

/// SQS allows 256 KiB for body and attributes together; a reason needs no more than this.
const MAX_REASON: usize = 1_000;

/// A dead-letter queue and who writes to it.
#[derive(Debug, Clone)]
pub struct DeadLetterQueue {
    client: Client,
    url: String,
    consumer: &'static str,
    build: &'static str,
}

/// The dead letter could not be sent. The message stays in its source queue.
#[derive(Debug, thiserror::Error)]
pub enum DeadLetterError {
    /// An attribute has no legal value.
    #[error("message attribute {0} cannot be built")]
    Attribute(&'static str),
    /// SQS turned it away.
    #[error("SendMessage to the dead-letter queue failed")]
    Send(#[source] Box<SdkError<SendMessageError>>),
}

impl DeadLetterQueue {
    /// Connects with the process's SDK configuration.
    #[must_use]
    pub fn connect(
        sdk: &SdkConfig,
        url: impl Into<String>,
        consumer: &'static str,
        build: &'static str,
    ) -> Self {
        Self::new(Client::new(sdk), url, consumer, build)
    }

    /// The queue at `url`, written to by `consumer`.
    #[must_use]
    pub fn new(
        client: Client,
        url: impl Into<String>,
        consumer: &'static str,
        build: &'static str,
    ) -> Self {
        Self { client, url: url.into(), consumer, build }
    }

    /// Sends a record with the reason why it cannot be processed.
    ///
    /// # Errors
    /// [`DeadLetterError`].
    pub async fn send(&self, record: &Record, poison: &Poison) -> Result<(), DeadLetterError> {
        let reason: String = poison.reason.chars().take(MAX_REASON).collect();
        let attempts = record.receive_count.to_string();
        let mut request =
            self.client.send_message().queue_url(&self.url).message_body(&record.body);
        for (name, value) in [
            (attribute::ERROR_TYPE, poison.code.as_str()),
            (attribute::REASON, &reason),
            (attribute::CONSUMER, self.consumer),
            (attribute::BUILD, self.build),
            (attribute::EVENT_TYPE, poison.event_type.as_deref().unwrap_or_default()),
            (attribute::MESSAGE_ID, &record.message_id),
            (attribute::ATTEMPTS, &attempts),
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
}
