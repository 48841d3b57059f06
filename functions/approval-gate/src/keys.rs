//! The permit keys, read from Secrets Manager and kept for a minute.

use headgate_permits::{KeyError, KeyRing};
use headgate_secrets::{SecretError, Secrets};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;

/// How long a ring is kept. Rotation overlaps by an hour, so that a minute is no time.
const KEPT: SignedDuration = SignedDuration::from_secs(60);
/// How long one is kept that lacks a key which somebody asks for. Anybody may ask: that must not become a load
/// on Secrets Manager.
const KEPT_IN_VAIN: SignedDuration = SignedDuration::from_secs(5);

/// The keys could not be read.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// Secrets Manager failed, or holds none.
    #[error("the permit keys cannot be read")]
    Secret(#[from] SecretError),
    /// The secret holds something else.
    #[error("the permit keys cannot be used")]
    Ring(#[from] KeyError),
}

/// The ring in a secret.
pub struct PermitKeys {
    secrets: Secrets,
    name: String,
    kept: Mutex<Option<(Timestamp, KeyRing)>>,
}

impl PermitKeys {
    /// The keys in the secret of that name.
    #[must_use]
    pub fn new(secrets: Secrets, name: impl Into<String>) -> Self {
        Self { secrets, name: name.into(), kept: Mutex::new(None) }
    }

    /// The ring as it was within the last minute.
    ///
    /// # Errors
    /// [`KeysError`].
    pub async fn ring(&self, now: Timestamp) -> Result<KeyRing, KeysError> {
        self.kept_for(now, |_| KEPT).await
    }

    /// The same with the key of that id, if there is one: a permit may be signed with a key that was rotated in
    /// since the ring was read.
    ///
    /// # Errors
    /// [`KeysError`].
    pub async fn ring_with(&self, kid: &str, now: Timestamp) -> Result<KeyRing, KeysError> {
        let limit = |ring: &KeyRing| if ring.public(now).has(kid) { KEPT } else { KEPT_IN_VAIN };
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
            tracing::debug!(keys.read_at = %at, "kept permit keys");
            return Ok(ring.clone());
        }
        let ring = KeyRing::parse(&self.secrets.get(&self.name).await?)?;
        *kept = Some((now, ring.clone()));
        Ok(ring)
    }

    /// The ring as it is now: for a permit whose key is not among those that are kept.
    ///
    /// # Errors
    /// [`KeysError`].
    pub async fn fresh(&self, now: Timestamp) -> Result<KeyRing, KeysError> {
        *self.kept.lock().await = None;
        self.ring(now).await
    }
}
