//! Reads and writes secrets in Secrets Manager.

use aws_config::SdkConfig;
use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::ProvideErrorMetadata;

/// Reads and writes secrets by name or ARN.
#[derive(Debug, Clone)]
pub struct Secrets {
    client: Client,
}

/// Why a secret could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The secret does not exist or has no value.
    #[error(
        "secret {0} has no value yet; run `headgate keys init --secret {0}` if it is the permit key"
    )]
    Empty(String),
    /// Secrets Manager failed.
    #[error("Secrets Manager failed for {name}")]
    Service {
        /// Name or ARN of the secret.
        name: String,
        /// Error of the service. It never contains the value.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl Secrets {
    /// Connects with the process's SDK configuration.
    #[must_use]
    pub fn connect(sdk: &SdkConfig) -> Self {
        Self::new(Client::new(sdk))
    }

    /// Uses this client, and so the secrets of its account and region.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// Reads the current value of a secret.
    ///
    /// # Errors
    /// [`SecretError::Empty`] if the secret does not exist or has no value; [`SecretError::Service`]
    /// otherwise.
    pub async fn get(&self, name: &str) -> Result<String, SecretError> {
        let answer = self.client.get_secret_value().secret_id(name).send().await;
        match answer {
            // For a secret without a value, AWS returns an error, but an emulator may return an empty
            // version.
            Ok(answer) => answer.secret_string.ok_or_else(|| SecretError::Empty(name.to_owned())),
            Err(e) if e.code() == Some("ResourceNotFoundException") => {
                Err(SecretError::Empty(name.to_owned()))
            }
            Err(e) => Err(service(name, e)),
        }
    }

    /// Sets the value of a secret.
    ///
    /// # Errors
    /// [`SecretError::Service`].
    pub async fn put(&self, name: &str, value: &str) -> Result<(), SecretError> {
        let request = self.client.put_secret_value().secret_id(name).secret_string(value);
        request.send().await.map(|_| ()).map_err(|e| service(name, e))
    }
}

fn service(name: &str, error: impl std::error::Error + Send + Sync + 'static) -> SecretError {
    SecretError::Service { name: name.to_owned(), source: Box::new(error) }
}
