//! A token issuer for emulators: one Ed25519 key in a folder. Never use it for a real account.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::EncodePrivateKey as _;
use headgate_events::PrincipalId;
use headgate_http::Claims;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// `iss` of local tokens; `terraform/environments/local` trusts it.
pub const ISSUER: &str = "https://tokens.headgate.local";
/// `aud` of local tokens.
pub const AUDIENCE: &str = "headgate";

/// An Ed25519 key as the issuer file stores it.
#[derive(Clone, Serialize, Deserialize)]
pub struct StoredKey {
    /// Key id.
    pub kid: String,
    /// Private key: PKCS #8 DER, hex-encoded.
    pub pkcs8: String,
    /// Public key, base64url-encoded without padding.
    pub x: String,
}

/// A local token issuer.
pub struct Issuer {
    key: StoredKey,
    dir: PathBuf,
}

/// Why a key or token cannot be created or stored.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The folder cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// Path of the file.
        path: String,
        /// The I/O error.
        source: std::io::Error,
    },
    /// The key file was not written by `headgate token init`.
    #[error("the issuer key is malformed; delete it and run `headgate token init`")]
    Malformed,
    /// The system returned no randomness, or the key cannot be encoded.
    #[error("cannot create a key: the system returned no randomness, or the key cannot be encoded")]
    Make,
    /// Signing failed.
    #[error("cannot sign the token")]
    Sign(#[from] jsonwebtoken::errors::Error),
}

impl StoredKey {
    /// Creates a random key.
    ///
    /// # Errors
    /// [`TokenError::Make`].
    pub fn generate() -> Result<Self, TokenError> {
        let mut seed = [0u8; 32];
        getrandom::fill(&mut seed).map_err(|_| TokenError::Make)?;
        let key = SigningKey::from_bytes(&seed);
        let public = key.verifying_key();
        let der = key.to_pkcs8_der().map_err(|_| TokenError::Make)?;
        Ok(Self {
            kid: uuid::Uuid::new_v4().to_string(),
            pkcs8: hex::encode(der.as_bytes()),
            x: URL_SAFE_NO_PAD.encode(public.as_bytes()),
        })
    }

    /// The public key as a JSON Web Key Set (RFC 8037).
    #[must_use]
    pub fn jwks(&self) -> Value {
        json!({ "keys": [{
            "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA",
            "kid": self.kid, "x": self.x,
        }]})
    }

    /// Signs claims.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn sign(&self, claims: &impl Serialize) -> Result<String, TokenError> {
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(self.kid.clone());
        let der = hex::decode(&self.pkcs8).map_err(|_| TokenError::Malformed)?;
        Ok(encode(&header, claims, &EncodingKey::from_ed_der(&der))?)
    }
}

impl Issuer {
    /// Opens the issuer in a folder. Creates its key if the folder has none.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn open(dir: &Path) -> Result<Self, TokenError> {
        let path = dir.join("issuer.json");
        let failed = |source| TokenError::File { path: path.display().to_string(), source };
        let key = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|_| TokenError::Malformed)?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let key = StoredKey::generate()?;
                std::fs::create_dir_all(dir).map_err(failed)?;
                let text = serde_json::to_vec(&key).map_err(|_| TokenError::Make)?;
                private(&path, &text).map_err(failed)?;
                key
            }
            Err(e) => return Err(failed(e)),
        };
        Ok(Self { key, dir: dir.to_owned() })
    }

    /// The public key as a JSON Web Key Set.
    #[must_use]
    pub fn jwks(&self) -> Value {
        self.key.jwks()
    }

    /// Signs a token that is valid from now on for `lifetime` seconds. It says that a person signed in, unless the roles include
    /// `agent` or `machine`.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn mint(
        &self,
        subject: &PrincipalId,
        roles: &[String],
        human_owner: Option<PrincipalId>,
        lifetime: i64,
    ) -> Result<String, TokenError> {
        let now = jiff::Timestamp::now().as_second();
        let person = !roles.iter().any(|role| ["agent", "machine"].contains(&role.as_str()));
        self.key.sign(&Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: subject.to_string(),
            exp: now + lifetime,
            nbf: now - 1,
            amr: if person { vec!["user".to_owned()] } else { Vec::new() },
            roles: roles.to_vec(),
            human_owner,
        })
    }

    /// Signs any claims, valid or not. Tests use it to create invalid tokens.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn sign(&self, claims: &Claims) -> Result<String, TokenError> {
        self.key.sign(claims)
    }

    /// Stores a token where `--as NAME` finds it. Returns its path.
    ///
    /// # Errors
    /// [`TokenError::File`].
    pub fn keep(&self, subject: &PrincipalId, token: &str) -> Result<PathBuf, TokenError> {
        let path = self.dir.join(format!("{subject}.jwt"));
        private(&path, token.as_bytes())
            .map_err(|source| TokenError::File { path: path.display().to_string(), source })?;
        Ok(path)
    }
}

/// Writes a file that only its owner can read and write.
fn private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)
}
