//! The keys that permits are signed with.

use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _};
use jiff::{SignedDuration, Timestamp};
use p256::ecdsa::VerifyingKey;
use p256::pkcs8::DecodePublicKey as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::claims::PermitClaims;
use crate::dsse::Envelope;
use crate::error::KeyError;
use crate::public::{PublicKey, PublicKeys};
use crate::unsigned::{SignsWith, Unsigned};

/// How long a key stays published after it stops signing, in seconds: four times the lifetime of a permit.
pub const OVERLAP_SECONDS: i64 = 4 * crate::claims::LIFETIME_SECONDS;

/// The key ring: the newest key signs, the others only verify. Its text contains the private keys; a ring of keys in KMS has none.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyRing {
    keys: Vec<Key>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Key {
    kid: String,
    /// PKCS #8 DER of an Ed25519 key, hex. A key has this or `kms`.
    #[serde(default)]
    pkcs8: Option<String>,
    /// In no text: which keys of KMS sign is part of the deployment, so that nobody who writes a secret can name another one.
    #[serde(skip)]
    kms: Option<InKms>,
    made_at: Timestamp,
    /// When it stopped signing.
    #[serde(default)]
    retired_at: Option<Timestamp>,
}

/// A key that cannot leave KMS.
#[derive(Clone)]
struct InKms {
    arn: String,
    public: VerifyingKey,
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kids: Vec<_> = self.keys.iter().map(|k| &k.kid).collect();
        f.debug_struct("KeyRing").field("kids", &kids).finish_non_exhaustive()
    }
}

impl KeyRing {
    /// A ring with one new key, whose private key is in the ring.
    ///
    /// # Errors
    /// [`KeyError::Random`].
    pub fn new(now: Timestamp) -> Result<Self, KeyError> {
        Ok(Self { keys: vec![Key::new(now)?] })
    }

    /// A ring of keys in KMS, each with its ARN and the DER of its public key, as `GetPublicKey` returns it. The first one signs; the others
    /// signed before, or will.
    ///
    /// # Errors
    /// [`KeyError::Spec`].
    pub fn of_kms(keys: &[(String, Vec<u8>)], now: Timestamp) -> Result<Self, KeyError> {
        let keys = keys.iter().map(|(arn, spki)| Key::in_kms(arn, spki, now));
        Ok(Self { keys: keys.collect::<Result<_, _>>()? })
    }

    /// Reads what [`Self::to_text`] wrote.
    ///
    /// # Errors
    /// [`KeyError::Malformed`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let ring: Self = serde_json::from_str(text).map_err(|_| KeyError::Malformed)?;
        for key in &ring.keys {
            key.signs_with()?;
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
        self.keys.retain(|k| k.is_published(now));
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

    /// A permit for the newest key to sign.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn permit(&self, claims: &PermitClaims) -> Result<Unsigned<String>, KeyError> {
        let key = self.signing()?;
        Unsigned::permit(&key.kid, key.signs_with()?, claims)
    }

    /// A statement for other tools, for the newest key to sign.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn attestation(
        &self,
        payload_type: &str,
        payload: &[u8],
    ) -> Result<Unsigned<Envelope>, KeyError> {
        let key = self.signing()?;
        Ok(Unsigned::envelope(&key.kid, key.signs_with()?, payload_type, payload))
    }

    /// The public keys to publish: the signing key, and keys that stopped signing less than
    /// [`OVERLAP_SECONDS`] ago.
    #[must_use]
    pub fn public(&self, now: Timestamp) -> PublicKeys {
        let keys = self.keys.iter().filter(|key| key.is_published(now));
        PublicKeys { keys: keys.filter_map(Key::public).collect() }
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
        let pkcs8 = Some(hex::encode(der.as_bytes()));
        Ok(Self { kid: hex::encode(id), pkcs8, kms: None, made_at: now, retired_at: None })
    }

    fn in_kms(arn: &str, spki: &[u8], now: Timestamp) -> Result<Self, KeyError> {
        let public = VerifyingKey::from_public_key_der(spki).map_err(|_| KeyError::Spec)?;
        // From the public key, so that one key has one id.
        let kid = hex::encode(Sha256::digest(spki)).chars().take(16).collect();
        let kms = Some(InKms { arn: arn.to_owned(), public });
        Ok(Self { kid, pkcs8: None, kms, made_at: now, retired_at: None })
    }

    fn is_published(&self, now: Timestamp) -> bool {
        let overlap = SignedDuration::from_secs(OVERLAP_SECONDS);
        self.retired_at.is_none_or(|at| now.duration_since(at) < overlap)
    }

    fn signs_with(&self) -> Result<SignsWith, KeyError> {
        let bytes = |text: &str| hex::decode(text).map_err(|_| KeyError::Malformed);
        match (&self.pkcs8, &self.kms) {
            (Some(pkcs8), None) => SigningKey::from_pkcs8_der(&bytes(pkcs8)?)
                .map(|key| SignsWith::Own(Box::new(key)))
                .map_err(|_| KeyError::Malformed),
            (None, Some(InKms { arn, public })) => {
                Ok(SignsWith::Kms { arn: arn.clone(), key: Box::new(*public) })
            }
            _ => Err(KeyError::Malformed),
        }
    }

    fn public(&self) -> Option<PublicKey> {
        match self.signs_with().ok()? {
            SignsWith::Own(key) => {
                Some(PublicKey::ed25519(&self.kid, key.verifying_key().as_bytes()))
            }
            SignsWith::Kms { key, .. } => PublicKey::p256(&self.kid, &key),
        }
    }
}
