//! One SNS topic.

use aws_config::SdkConfig;
use aws_sdk_sns::Client;
use aws_sdk_sns::error::SdkError;
use aws_sdk_sns::operation::publish::PublishError;

/// Longest subject that SNS accepts, in characters.
const MAX_SUBJECT: usize = 99;

/// An SNS topic for notifications to people.
#[derive(Debug, Clone)]
pub struct Topic {
    client: Client,
    arn: String,
}

/// The notification was not published.
#[derive(Debug, thiserror::Error)]
#[error("SNS Publish failed")]
pub struct NotifyError(#[source] Box<SdkError<PublishError>>);

impl Topic {
    /// Connects with the process's SDK configuration.
    #[must_use]
    pub fn connect(sdk: &SdkConfig, arn: impl Into<String>) -> Self {
        Self::new(Client::new(sdk), arn)
    }

    /// Creates a topic from a client and the topic's ARN.
    #[must_use]
    pub fn new(client: Client, arn: impl Into<String>) -> Self {
        Self { client, arn: arn.into() }
    }

    /// Publishes a text and returns the message id from SNS. SNS accepts only short ASCII subjects, so every
    /// character of `subject` that is not printable ASCII is dropped, and the rest is cut to 99 characters.
    ///
    /// # Errors
    /// [`NotifyError`] if SNS failed.
    pub async fn publish(&self, subject: &str, text: &str) -> Result<String, NotifyError> {
        let printable = |c: &char| c.is_ascii_graphic() || *c == ' ';
        let subject: String = subject.chars().filter(printable).take(MAX_SUBJECT).collect();
        let request = self.client.publish().topic_arn(&self.arn).subject(subject).message(text);
        let answer = request.send().await.map_err(|e| NotifyError(Box::new(e)))?;
        Ok(answer.message_id.unwrap_or_default())
    }
}
