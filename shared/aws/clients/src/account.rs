//! The AWS account of the current credentials.

use aws_config::SdkConfig;
use aws_sdk_sts::Client;

/// Why the AWS account is not known.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// AWS rejected the credentials, or could not be reached.
    #[error("your AWS credentials cannot be checked")]
    Refused(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The response contains no account.
    #[error("AWS returned no account for your credentials")]
    Nameless,
}

/// Asks AWS which account the current credentials belong to.
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

    /// Uses this client.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// Returns the twelve-digit id of the account that the credentials belong to.
    ///
    /// # Errors
    /// [`IdentityError`] if AWS rejects the credentials, cannot be reached, or returns no account.
    pub async fn account(&self) -> Result<String, IdentityError> {
        let answer = self.client.get_caller_identity().send().await;
        let identity = answer.map_err(|e| IdentityError::Refused(Box::new(e)))?;
        identity.account.ok_or(IdentityError::Nameless)
    }
}
