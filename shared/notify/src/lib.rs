#![doc = include_str!("../README.md")]

use aws_config::SdkConfig;
use aws_sdk_sns::Client;
use aws_sdk_sns::error::SdkError;
use aws_sdk_sns::operation::publish::PublishError;

/// Longest subject that SNS takes, in characters.
const MAX_SUBJECT: usize = 99;

/// A topic that people listen to.
#[derive(Debug, Clone)]
pub struct Topic {
    client: Client,
    arn: String,
}

/// Nobody was notified.
#[derive(Debug, thiserror::Error)]
#[error("SNS Publish failed")]
pub struct NotifyError(#[source] Box<SdkError<PublishError>>);

impl Topic {
    /// Connects with the process's SDK configuration.
    #[must_use]
    pub fn connect(sdk: &SdkConfig, arn: impl Into<String>) -> Self {
        Self::new(Client::new(sdk), arn)
    }

    /// The topic of that ARN.
    #[must_use]
    pub fn new(client: Client, arn: impl Into<String>) -> Self {
        Self { client, arn: arn.into() }
    }

    /// Publishes a text. Returns the id that SNS gave it. A subject is one line of up to 99 printable
    /// ASCII characters; what is more or other is left out.
    ///
    /// # Errors
    /// [`NotifyError`].
    pub async fn publish(&self, subject: &str, text: &str) -> Result<String, NotifyError> {
        let printable = |c: &char| c.is_ascii_graphic() || *c == ' ';
        let subject: String = subject.chars().filter(printable).take(MAX_SUBJECT).collect();
        let request = self.client.publish().topic_arn(&self.arn).subject(subject).message(text);
        let answer = request.send().await.map_err(|e| NotifyError(Box::new(e)))?;
        Ok(answer.message_id.unwrap_or_default())
    }
}
