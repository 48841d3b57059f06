#![doc = include_str!("../README.md")]

use aws_config::SdkConfig;
use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::{DisplayErrorContext, ProvideErrorMetadata};

/// Secrets by name or ARN.
#[derive(Debug, Clone)]
pub struct Secrets {
    client: Client,
}

/// A secret that cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// It has no value.
    #[error("secret {0} has no value yet; `headgate keys init --secret {0}` makes one")]
    Empty(String),
    /// Secrets Manager failed.
    #[error("Secrets Manager failed for {name}: {problem}")]
    Service {
        /// Which secret.
        name: String,
        /// The service's words; never the value.
        problem: String,
    },
}

impl Secrets {
    /// Connects with the process's SDK configuration.
    #[must_use]
    pub fn connect(sdk: &SdkConfig) -> Self {
        Self::new(Client::new(sdk))
    }

    /// Secrets of the client's account and region.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// The current value.
    ///
    /// # Errors
    /// [`SecretError`].
    pub async fn get(&self, name: &str) -> Result<String, SecretError> {
        let answer = self.client.get_secret_value().secret_id(name).send().await;
        match answer {
            // AWS has no version to return, an emulator may return one without a value.
            Ok(answer) => answer.secret_string.ok_or_else(|| SecretError::Empty(name.to_owned())),
            Err(e) if e.code() == Some("ResourceNotFoundException") => {
                Err(SecretError::Empty(name.to_owned()))
            }
            Err(e) => Err(service(name, &e)),
        }
    }

    /// Sets the value.
    ///
    /// # Errors
    /// [`SecretError::Service`].
    pub async fn put(&self, name: &str, value: &str) -> Result<(), SecretError> {
        let request = self.client.put_secret_value().secret_id(name).secret_string(value);
        request.send().await.map(|_| ()).map_err(|e| service(name, &e))
    }
}

fn service(name: &str, error: &dyn std::error::Error) -> SecretError {
    SecretError::Service { name: name.to_owned(), problem: DisplayErrorContext(error).to_string() }
}
