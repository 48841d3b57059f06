//! Permits: signed (RFC 8037 EdDSA JWT), short-lived, single-use, for one content in one account.

use headgate_secrets::{SecretError, Secrets};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde::{Deserialize, Serialize};
use tokio::sync::OnceCell;

/// Longest life of a permit, in seconds.
pub const LIFETIME_SECONDS: i64 = 15 * 60;

/// What a permit says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermitClaims {
    /// Always `headgate`.
    pub iss: String,
    /// Who may use it.
    pub sub: String,
    /// Id of the permit.
    pub jti: String,
    /// When it was issued, seconds since 1970.
    pub iat: i64,
    /// When it ends, seconds since 1970.
    pub exp: i64,
    /// The change.
    pub change_id: String,
    /// The revision.
    pub revision: u32,
    /// The one content it allows.
    pub content_hash: String,
    /// Effect of the one plan it allows.
    pub plan_hash: String,
    /// The one account it allows.
    pub account: String,
    /// The one region it allows.
    pub region: String,
}

/// The stored form of the key.
#[derive(Deserialize)]
struct StoredKey {
    kid: String,
    /// PKCS #8 DER of an Ed25519 key, hex.
    pkcs8: String,
}

/// A permit that could not be signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The key could not be read.
    #[error("the permit key cannot be read")]
    Secret(#[from] SecretError),
    /// The key is not what `headgate keys init` writes.
    #[error("the permit key is malformed; `headgate keys init` writes it")]
    Malformed,
    /// Signing failed.
    #[error("the permit cannot be signed")]
    Sign(#[from] jsonwebtoken::errors::Error),
}

/// The key that permits are signed with, read when the first permit is.
pub struct PermitKey {
    secrets: Secrets,
    name: String,
    key: OnceCell<(String, EncodingKey)>,
}

impl PermitKey {
    /// The key in the secret of that name.
    #[must_use]
    pub fn new(secrets: Secrets, name: impl Into<String>) -> Self {
        Self { secrets, name: name.into(), key: OnceCell::new() }
    }

    /// Signs a permit.
    ///
    /// # Errors
    /// [`SignError`].
    pub async fn sign(&self, claims: &PermitClaims) -> Result<String, SignError> {
        let (kid, key) = self.key.get_or_try_init(|| self.load()).await?;
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(kid.clone());
        Ok(encode(&header, claims, key)?)
    }

    async fn load(&self) -> Result<(String, EncodingKey), SignError> {
        let text = self.secrets.get(&self.name).await?;
        let StoredKey { kid, pkcs8 } =
            serde_json::from_str(&text).map_err(|_| SignError::Malformed)?;
        let der = hex::decode(pkcs8).map_err(|_| SignError::Malformed)?;
        Ok((kid, EncodingKey::from_ed_der(&der)))
    }
}
