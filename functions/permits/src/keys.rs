//! The permit keys: keys in KMS, or a key ring in Secrets Manager. A ring in a secret is cached for a minute. The public halves of keys in KMS never
//! change, and which keys they are is part of the configuration, so they are read once.

use headgate_clients::{KmsError, SecretError, Secrets, SigningKeys};
use headgate_permit_tokens::{KeyError, KeyRing, Signer, Unsigned};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;

/// How long a key ring is cached. Old and new keys overlap by an hour during rotation, so a minute is safe.
const KEPT: SignedDuration = SignedDuration::from_secs(60);
/// How long a key ring is cached that lacks the requested key. Anybody may request any key without a token;
/// the cache keeps such requests from loading Secrets Manager.
const MISSING_KEY_TTL: SignedDuration = SignedDuration::from_secs(5);

/// The permit keys could not be loaded or used.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// Secrets Manager failed, or the secret has no value.
    #[error("cannot read the secret with the permit keys")]
    Secret(#[from] SecretError),
    /// The secret is not a valid key ring, or its key does not sign.
    #[error("the permit keys cannot be used")]
    Ring(#[from] KeyError),
    /// KMS did not sign, or did not say which key it has.
    #[error("the permit key in KMS cannot be used")]
    Kms(#[from] KmsError),
}

/// Where the keys are.
#[derive(Debug, Clone)]
pub enum Place {
    /// In the secret with this name.
    Secret(String),
    /// In KMS, by their ARNs. The first one signs.
    Kms(Vec<String>),
}

/// The key ring, cached.
pub struct PermitKeys {
    secrets: Secrets,
    kms: SigningKeys,
    place: Place,
    kept: Mutex<Option<Kept>>,
}

/// A ring that was read.
#[derive(Clone)]
struct Kept {
    at: Timestamp,
    ring: KeyRing,
    /// Whether all keys of the configuration are in it. Of a secret, that is never known.
    complete: bool,
}

impl PermitKeys {
    /// A cache of the keys at this place.
    #[must_use]
    pub fn new(secrets: Secrets, kms: SigningKeys, place: Place) -> Self {
        Self { secrets, kms, place, kept: Mutex::new(None) }
    }

    /// Reads the keys. A key that does not sign may be missing, with the error.
    async fn load(&self, at: Timestamp) -> Result<(Kept, Option<KmsError>), KeysError> {
        let arns = match &self.place {
            Place::Secret(name) => {
                let ring = KeyRing::parse(&self.secrets.get(name).await?)?;
                return Ok((Kept { at, ring, complete: false }, None));
            }
            Place::Kms(arns) => arns,
        };
        let (mut keys, mut missing) = (Vec::new(), None);
        for arn in arns {
            match self.kms.public(arn).await {
                Ok(half) => keys.push((half.arn, half.spki)),
                // It may be on its way out. The permits of the others are still good.
                Err(error) if !keys.is_empty() => {
                    tracing::warn!(key = arn, ?error, "a permit key is not published");
                    missing = Some(error);
                }
                Err(error) => return Err(error.into()),
            }
        }
        let ring = KeyRing::of_kms(&keys, at)?;
        Ok((Kept { at, ring, complete: missing.is_none() }, missing))
    }

    /// Signs with the key of the ring, or lets KMS sign.
    ///
    /// # Errors
    /// [`KeysError`].
    pub async fn sign<T>(&self, unsigned: Unsigned<T>) -> Result<T, KeysError> {
        let signature = match unsigned.signer() {
            Signer::Here => return Ok(unsigned.sign()?),
            Signer::Kms(arn) => self.kms.sign(arn, unsigned.digest()).await?,
        };
        Ok(unsigned.signed(&signature)?)
    }

    /// The key ring, at most a minute old.
    ///
    /// # Errors
    /// [`KeysError`].
    pub async fn ring(&self, now: Timestamp) -> Result<KeyRing, KeysError> {
        self.kept_for(now, |_| KEPT).await
    }

    /// The key ring with the key of this id, if that key exists. Reads the secret again if the cached ring
    /// lacks the key, because a rotation may have added it since, but at most every five seconds: anybody may ask
    /// for invented keys.
    ///
    /// # Errors
    /// [`KeysError`].
    pub async fn ring_with(&self, kid: &str, now: Timestamp) -> Result<KeyRing, KeysError> {
        let limit = |ring: &KeyRing| if ring.public(now).has(kid) { KEPT } else { MISSING_KEY_TTL };
        self.kept_for(now, limit).await
    }

    async fn kept_for(
        &self,
        now: Timestamp,
        limit: impl Fn(&KeyRing) -> SignedDuration,
    ) -> Result<KeyRing, KeysError> {
        let mut kept = self.kept.lock().await;
        let fresh = |kept: &&Kept| kept.complete || now.duration_since(kept.at) < limit(&kept.ring);
        if let Some(Kept { at, ring, .. }) = kept.as_ref().filter(fresh) {
            tracing::debug!(keys.read_at = %at, "cached permit keys");
            return Ok(ring.clone());
        }
        let (loaded, _) = self.load(now).await?;
        Ok(kept.insert(loaded).ring.clone())
    }

    /// The key ring, read again, without a limit. Only for callers who hold a permit whose key is not
    /// in the cached ring.
    ///
    /// # Errors
    /// [`KeysError`].
    pub async fn fresh(&self, now: Timestamp) -> Result<KeyRing, KeysError> {
        let mut kept = self.kept.lock().await;
        if let Some(complete) = kept.as_ref().filter(|kept| kept.complete) {
            return Ok(complete.ring.clone());
        }
        // A failed read must not cost the keys that are known, and no permit passes for forged because KMS does not answer.
        match self.load(now).await? {
            (_, Some(error)) => Err(error.into()),
            (loaded, None) => Ok(kept.insert(loaded).ring.clone()),
        }
    }
}
