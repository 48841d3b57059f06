//! Sending a dead letter to its source queue again.

use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::SdkError;
use aws_sdk_sqs::operation::send_message::SendMessageError;
use aws_sdk_sqs::types::MessageAttributeValue;

use crate::dead_letter::attribute;

/// Sends messages again.
#[derive(Debug, Clone)]
pub struct Resend(Client);

/// A message could not be sent again.
#[derive(Debug, thiserror::Error)]
pub enum ResendError {
    /// The mark is no legal attribute value.
    #[error("a redrive's mark cannot be empty")]
    Mark,
    /// SQS turned it away.
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

    /// Sends `body` to the queue at `url` with `mark` as its [`attribute::REDRIVE`]: if it becomes a
    /// dead letter again, that tells which one it was. The other attributes of the dead letter are not
    /// sent, they were about its last end.
    ///
    /// # Errors
    /// [`ResendError`].
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
