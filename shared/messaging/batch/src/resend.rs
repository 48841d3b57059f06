//! Sends a dead letter back to its source queue.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::SdkError;
use aws_sdk_sqs::operation::send_message::SendMessageError;
use aws_sdk_sqs::types::MessageAttributeValue;

use crate::dead_letter::attribute;

/// Sends dead letters back to their source queues.
#[derive(Debug, Clone)]
pub struct Resend(Client);

/// Why a message could not be sent back.
#[derive(Debug, thiserror::Error)]
pub enum ResendError {
    /// The mark is not a valid attribute value.
    #[error("the mark of a redrive must not be empty")]
    Mark,
    /// SQS did not accept the message.
    #[error("SendMessage to the source queue failed")]
    Send(#[source] Box<SdkError<SendMessageError>>),
}

impl Resend {
    /// Connects with the process's SDK configuration.
    #[must_use]
    pub fn connect(sdk: &aws_config::SdkConfig) -> Self {
        Self::new(Client::new(sdk))
    }

    /// Sends with this client.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self(client)
    }

    /// Sends `body` to the queue at `url` with `mark` as its [`attribute::REDRIVE`]. If the message becomes
    /// a dead letter again, the mark identifies it. The other attributes of the dead letter are not sent,
    /// because they describe its last failure.
    ///
    /// # Errors
    /// [`ResendError`] if the mark is empty or SQS does not accept the message.
    pub async fn send(&self, url: &str, body: &str, mark: &str) -> Result<(), ResendError> {
        let mark = MessageAttributeValue::builder().data_type("String").string_value(mark).build();
        let mark = mark.map_err(|_| ResendError::Mark)?;
        self.0
            .send_message()
            .queue_url(url)
            .message_body(body)
            .message_attributes(attribute::REDRIVE, mark)
            .send()
            .await
            .map(|_| ())
            .map_err(|e| ResendError::Send(Box::new(e)))
    }
}
