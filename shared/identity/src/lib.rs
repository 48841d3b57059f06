#![doc = include_str!("../README.md")]

use aws_config::SdkConfig;
use aws_sdk_sts::Client;
use aws_sdk_sts::error::DisplayErrorContext;

/// The account cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// AWS does not take the credentials, or cannot be reached.
    #[error("your AWS credentials cannot be checked: {0}")]
    Refused(String),
    /// The answer names no account.
    #[error("AWS names no account for your credentials")]
    Nameless,
}

/// Asks AWS who is calling.
#[derive(Debug, Clone)]
pub struct Identity {
    client: Client,
}

impl Identity {
    /// Connects with the process's SDK configuration.
    #[must_use]
    pub fn connect(sdk: &SdkConfig) -> Self {
        Self::new(Client::new(sdk))
    }

    /// Behind a client of one's own.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// The twelve-digit account that the credentials belong to.
    ///
    /// # Errors
    /// [`IdentityError`].
    pub async fn account(&self) -> Result<String, IdentityError> {
        let answer = self.client.get_caller_identity().send().await;
        let identity =
            answer.map_err(|e| IdentityError::Refused(DisplayErrorContext(e).to_string()))?;
        identity.account.ok_or(IdentityError::Nameless)
    }
}
