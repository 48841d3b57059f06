//! Signs with keys that cannot leave KMS.

use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_kms::config::timeout::TimeoutConfig;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::{KeySpec, KeyUsageType, MessageType, SigningAlgorithmSpec};
use aws_sdk_kms::{Client, Config};

/// Longest time for a signature or a public key, with retries.
const LONGEST: Duration = Duration::from_secs(5);

/// Asymmetric keys in KMS.
#[derive(Debug, Clone)]
pub struct SigningKeys {
    client: Client,
}

/// The public half of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicHalf {
    /// ARN of the key, also if it was named by an alias.
    pub arn: String,
    /// DER of its `SubjectPublicKeyInfo` (RFC 5280).
    pub spki: Vec<u8>,
}

/// Why KMS gave no signature or no public key.
#[derive(Debug, thiserror::Error)]
pub enum KmsError {
    /// The key is not one that signs with P-256.
    #[error(
        "{0} cannot sign permits; create a key with the spec ECC_NIST_P256 and the usage SIGN_VERIFY"
    )]
    Spec(String),
    /// The answer lacks what it must contain.
    #[error("the answer of KMS for {0} is incomplete")]
    Incomplete(String),
    /// KMS failed: the key does not exist, is disabled or is to be deleted, the caller may not use it, or there are too many requests.
    #[error("KMS failed for {key}")]
    Service {
        /// ARN or alias of the key.
        key: String,
        /// Error of the service.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl SigningKeys {
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

    /// Reads the public half of a key, named by its ARN, its id or an alias.
    ///
    /// # Errors
    /// [`KmsError`].
    pub async fn public(&self, key: &str) -> Result<PublicHalf, KmsError> {
        let request = self.client.get_public_key().key_id(key).customize();
        let answer = request.config_override(in_time()).send().await;
        let answer = answer.map_err(|e| service(key, e))?;
        let signs = answer.key_usage() == Some(&KeyUsageType::SignVerify);
        if !signs || answer.key_spec() != Some(&KeySpec::EccNistP256) {
            return Err(KmsError::Spec(key.to_owned()));
        }
        match (answer.key_id, answer.public_key) {
            (Some(arn), Some(spki)) => Ok(PublicHalf { arn, spki: spki.into_inner() }),
            _ => Err(KmsError::Incomplete(key.to_owned())),
        }
    }

    /// Signs a SHA-256 digest with `ECDSA_SHA_256`. Returns the DER of the signature.
    ///
    /// # Errors
    /// [`KmsError`].
    pub async fn sign(&self, key: &str, digest: [u8; 32]) -> Result<Vec<u8>, KmsError> {
        let request = self.client.sign().key_id(key).message(Blob::new(digest));
        let request = request.message_type(MessageType::Digest);
        let request = request.signing_algorithm(SigningAlgorithmSpec::EcdsaSha256);
        let request = request.customize().config_override(in_time());
        let answer = request.send().await.map_err(|e| service(key, e))?;
        let signature = answer.signature.map(Blob::into_inner);
        signature.ok_or_else(|| KmsError::Incomplete(key.to_owned()))
    }
}

fn service(key: &str, error: impl std::error::Error + Send + Sync + 'static) -> KmsError {
    KmsError::Service { key: key.to_owned(), source: Box::new(error) }
}

/// Somebody waits for an answer of API Gateway, which waits for 29 seconds, and the key is not all of it.
fn in_time() -> aws_sdk_kms::config::Builder {
    let limit = TimeoutConfig::builder().operation_timeout(LONGEST).build();
    Config::builder().timeout_config(limit)
}
