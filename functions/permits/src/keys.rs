//! The permit keys: keys in KMS, or a key ring in Secrets Manager. Cached for a minute.

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
    kept: Mutex<Option<(Timestamp, KeyRing)>>,
}

impl PermitKeys {
    /// A cache of the keys at this place.
    #[must_use]
    pub fn new(secrets: Secrets, kms: SigningKeys, place: Place) -> Self {
        Self { secrets, kms, place, kept: Mutex::new(None) }
    }

    async fn load(&self, now: Timestamp) -> Result<KeyRing, KeysError> {
        let arns = match &self.place {
            Place::Secret(name) => return Ok(KeyRing::parse(&self.secrets.get(name).await?)?),
            Place::Kms(arns) => arns,
        };
        let mut keys = Vec::new();
        for arn in arns {
            match self.kms.public(arn).await {
                Ok(half) => keys.push((half.arn, half.spki)),
                // One that does not sign any more may be on its way out.
                Err(error) if !keys.is_empty() => {
                    tracing::warn!(key = arn, ?error, "a permit key is not published");
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(KeyRing::of_kms(&keys, now)?)
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
        let fresh = |(at, ring): &&(Timestamp, KeyRing)| now.duration_since(*at) < limit(ring);
        if let Some((at, ring)) = kept.as_ref().filter(fresh) {
            tracing::debug!(keys.read_at = %at, "cached permit keys");
            return Ok(ring.clone());
        }
        let ring = match (self.load(now).await, &*kept) {
            // The public half of a key in KMS never changes, so permits can be used while KMS does not answer.
            (Err(KeysError::Kms(error)), Some((_, ring))) => {
                tracing::warn!(?error, "the permit keys of before are used");
                return Ok(ring.clone());
            }
            (loaded, _) => loaded?,
        };
        *kept = Some((now, ring.clone()));
        Ok(ring)
    }

    /// The key ring, read again, without a limit. Only for callers who hold a permit whose key is not
    /// in the cached ring.
    ///
    /// # Errors
    /// [`KeysError`].
    pub async fn fresh(&self, now: Timestamp) -> Result<KeyRing, KeysError> {
        let mut kept = self.kept.lock().await;
        // A failed read must not cost the keys that are known.
        let ring = self.load(now).await?;
        *kept = Some((now, ring.clone()));
        Ok(ring)
    }
}
