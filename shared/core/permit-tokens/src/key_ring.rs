//! The keys that permits are signed with.

use ed25519_dalek::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _};
use ed25519_dalek::{Signer as _, SigningKey};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde::{Deserialize, Serialize};

use crate::claims::PermitClaims;
use crate::dsse::{Envelope, encoded};
use crate::public::{PublicKey, PublicKeys};

/// How long a key stays published after it stops signing, in seconds: four times the lifetime of a permit.
pub const OVERLAP_SECONDS: i64 = 4 * crate::claims::LIFETIME_SECONDS;

/// The key ring: the newest key signs, the others only verify. Its text contains the private keys.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyRing {
    keys: Vec<Key>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Key {
    kid: String,
    /// PKCS #8 DER of an Ed25519 key, hex.
    pkcs8: String,
    made_at: Timestamp,
    /// When it stopped signing.
    #[serde(default)]
    retired_at: Option<Timestamp>,
}

/// Why a ring cannot be created, read or used. No variant shows key material.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Not what [`KeyRing::to_text`] writes.
    #[error("the permit keys are malformed; create them with `headgate keys init`")]
    Malformed,
    /// There is no key to sign with.
    #[error("there is no permit key to sign with; create one with `headgate keys rotate`")]
    NoneSigns,
    /// The system returned no random bytes.
    #[error("the system returned no random bytes")]
    Random,
    /// Signing failed.
    #[error("the permit cannot be signed")]
    Sign(#[from] jsonwebtoken::errors::Error),
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kids: Vec<_> = self.keys.iter().map(|k| &k.kid).collect();
        f.debug_struct("KeyRing").field("kids", &kids).finish_non_exhaustive()
    }
}

impl KeyRing {
    /// A ring with one new key.
    ///
    /// # Errors
    /// [`KeyError::Random`].
    pub fn new(now: Timestamp) -> Result<Self, KeyError> {
        Ok(Self { keys: vec![Key::new(now)?] })
    }

    /// Reads what [`Self::to_text`] wrote.
    ///
    /// # Errors
    /// [`KeyError::Malformed`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let ring: Self = serde_json::from_str(text).map_err(|_| KeyError::Malformed)?;
        for key in &ring.keys {
            key.signing()?;
        }
        Ok(ring)
    }

    /// The ring as text, including private keys. Store it only in Secrets Manager.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Adds a new key, which signs from now on. The previous key stays published for [`OVERLAP_SECONDS`];
    /// older ones are removed. Returns the new key's id.
    ///
    /// # Errors
    /// [`KeyError::Random`].
    pub fn rotate(&mut self, now: Timestamp) -> Result<String, KeyError> {
        let key = Key::new(now)?;
        let kid = key.kid.clone();
        for old in &mut self.keys {
            old.retired_at.get_or_insert(now);
        }
        let overlap = SignedDuration::from_secs(OVERLAP_SECONDS);
        self.keys.retain(|k| k.retired_at.is_none_or(|at| now.duration_since(at) < overlap));
        self.keys.insert(0, key);
        Ok(kid)
    }

    /// Checks that there is a key to sign with, before anything depends on it.
    ///
    /// # Errors
    /// [`KeyError::NoneSigns`].
    pub fn check(&self) -> Result<(), KeyError> {
        self.signing().map(drop)
    }

    fn signing(&self) -> Result<&Key, KeyError> {
        self.keys.iter().find(|k| k.retired_at.is_none()).ok_or(KeyError::NoneSigns)
    }

    /// Signs a permit with the newest key.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn sign(&self, claims: &PermitClaims) -> Result<String, KeyError> {
        let key = self.signing()?;
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(key.kid.clone());
        let der = hex::decode(&key.pkcs8).map_err(|_| KeyError::Malformed)?;
        Ok(encode(&header, claims, &EncodingKey::from_ed_der(&der))?)
    }

    /// Signs a payload for other tools, with the newest key.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn attest(&self, payload_type: &str, payload: &[u8]) -> Result<Envelope, KeyError> {
        let key = self.signing()?;
        let signature = key.signing()?.sign(&encoded(payload_type, payload));
        Ok(Envelope::new(payload_type, payload, &key.kid, &signature.to_bytes()))
    }

    /// The public keys to publish: the signing key, and keys that stopped signing less than
    /// [`OVERLAP_SECONDS`] ago.
    #[must_use]
    pub fn public(&self, now: Timestamp) -> PublicKeys {
        let overlap = SignedDuration::from_secs(OVERLAP_SECONDS);
        let good = |k: &&Key| k.retired_at.is_none_or(|at| now.duration_since(at) < overlap);
        let public = |key: &Key| {
            let verifying = key.signing().ok()?.verifying_key();
            Some(PublicKey::new(&key.kid, verifying.as_bytes()))
        };
        PublicKeys { keys: self.keys.iter().filter(good).filter_map(public).collect() }
    }
}

impl Key {
    fn new(now: Timestamp) -> Result<Self, KeyError> {
        let mut seed = [0_u8; 32];
        getrandom::fill(&mut seed).map_err(|_| KeyError::Random)?;
        let mut id = [0_u8; 8];
        getrandom::fill(&mut id).map_err(|_| KeyError::Random)?;
        let key = SigningKey::from_bytes(&seed);
        let der = key.to_pkcs8_der().map_err(|_| KeyError::Malformed)?;
        let pkcs8 = hex::encode(der.as_bytes());
        Ok(Self { kid: hex::encode(id), pkcs8, made_at: now, retired_at: None })
    }

    fn signing(&self) -> Result<SigningKey, KeyError> {
        let der = hex::decode(&self.pkcs8).map_err(|_| KeyError::Malformed)?;
        SigningKey::from_pkcs8_der(&der).map_err(|_| KeyError::Malformed)
    }
}
