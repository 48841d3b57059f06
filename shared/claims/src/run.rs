//! Claim, run, complete.

use headgate_failpoint::reach;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::claim::{Claim, Held, Outcome};
use crate::error::{ClaimError, RunError};
use crate::overflow::INLINE;
use crate::record::Record;
use crate::store::{Acquired, Claims, Saved};

impl Claims {
    /// Runs `effect` if nobody did and nobody does.
    ///
    /// ```text
    /// crash before the claim         nothing happened
    /// crash before the effect        after the lease: the claim's `OnTimeout`
    /// crash after the effect         the same: nobody can tell the two apart, that is why you choose; unless the
    ///                                effect says when it begins, with [`Claims::begin`]
    /// crash after the completion     the next delivery gets the saved result
    /// ```
    ///
    /// # Errors
    /// [`RunError::Effect`] with what the effect returned, after the claim was released;
    /// [`RunError::Claim`] for everything else.
    pub async fn run<T, E, F>(
        &self,
        claim: &Claim<'_>,
        effect: F,
    ) -> Result<Outcome<T>, RunError<E>>
    where
        T: Serialize + DeserializeOwned,
        E: std::error::Error + 'static,
        F: AsyncFnOnce(&Held) -> Result<T, E>,
    {
        let held = match self.acquire(claim).await? {
            Acquired::Held(held) => held,
            Acquired::Done(record) => {
                return Ok(Outcome::AlreadyDone(self.saved(claim.key, &record).await?));
            }
            Acquired::Busy { until } => return Ok(Outcome::Busy { until }),
        };
        reach!("claims.claimed");
        match effect(&held).await {
            Ok(result) => {
                reach!("claims.effect_done");
                let saved = self.save(claim, &held, &result).await?;
                self.complete(claim, &held, saved).await?;
                reach!("claims.completed");
                Ok(Outcome::Done(result))
            }
            Err(error) => {
                // The effect's own error is what matters; a claim that stays ends with its lease.
                if let Err(kept) = self.release(claim, &held).await {
                    tracing::warn!(claim.key, error = ?kept, "claim not released");
                }
                Err(RunError::Effect(error))
            }
        }
    }

    async fn save<T: Serialize>(
        &self,
        claim: &Claim<'_>,
        held: &Held,
        result: &T,
    ) -> Result<Saved, ClaimError> {
        let json = serde_json::to_string(result)
            .map_err(|source| ClaimError::Result { key: claim.key.to_owned(), source })?;
        if json.len() <= INLINE {
            return Ok(Saved::Inline(json));
        }
        let (key, sha256) = self.overflow.save(&held.owner, json).await?;
        Ok(Saved::InS3 { key, sha256 })
    }

    async fn saved<T: DeserializeOwned>(
        &self,
        key: &str,
        record: &Record,
    ) -> Result<T, ClaimError> {
        let fetched;
        let json = match (&record.result, &record.overflow) {
            (Some(json), _) => json,
            (None, Some(place)) => {
                fetched = self.overflow.fetch(key, place).await?;
                &fetched
            }
            (None, None) => {
                return Err(ClaimError::Corrupt { key: key.to_owned(), member: "result" });
            }
        };
        serde_json::from_str(json)
            .map_err(|source| ClaimError::Result { key: key.to_owned(), source })
    }
}
