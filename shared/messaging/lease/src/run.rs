//! Acquires a lease, runs the effect and saves its result.

use headgate_failpoint::reach;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{LeaseError, RunError};
use crate::overflow::INLINE;
use crate::record::Record;
use crate::request::{Lease, LeaseOutcome, LeaseRequest};
use crate::store::{Acquired, Leases, Saved};

impl Leases {
    /// Runs `effect`, unless it has already run or another owner is running it.
    ///
    /// ```text
    /// crash before the lease is acquired  nothing happened
    /// crash before the effect             when the lease ends, its `OnTimeout` decides
    /// crash after the effect              the same: nobody can tell these crashes apart, unless the effect
    ///                                     records when it begins, with `Leases::begin`
    /// crash after the result is saved     the next delivery gets the saved result
    /// ```
    ///
    /// # Errors
    /// [`RunError::Effect`] with the error of the effect, after the lease is released;
    /// [`RunError::Lease`] for everything else.
    pub async fn run<T, E, F>(
        &self,
        request: &LeaseRequest<'_>,
        effect: F,
    ) -> Result<LeaseOutcome<T>, RunError<E>>
    where
        T: Serialize + DeserializeOwned,
        E: std::error::Error + 'static,
        F: AsyncFnOnce(&Lease) -> Result<T, E>,
    {
        let held = match self.acquire(request).await? {
            Acquired::Lease(held) => held,
            Acquired::Done(record) => {
                return Ok(LeaseOutcome::AlreadyDone(self.saved(request.key, &record).await?));
            }
            Acquired::Busy { until } => return Ok(LeaseOutcome::Busy { until }),
        };
        reach!("lease.acquired");
        match effect(&held).await {
            Ok(result) => {
                reach!("lease.effect_done");
                let saved = self.save(request, &held, &result).await?;
                self.complete(request, &held, saved).await?;
                reach!("lease.completed");
                Ok(LeaseOutcome::Done(result))
            }
            Err(error) => {
                // Return the effect's error, not this one. A lease that is not released times out later.
                if let Err(kept) = self.release(request, &held).await {
                    tracing::warn!(request.key, error = ?kept, "lease not released");
                }
                Err(RunError::Effect(error))
            }
        }
    }

    async fn save<T: Serialize>(
        &self,
        request: &LeaseRequest<'_>,
        held: &Lease,
        result: &T,
    ) -> Result<Saved, LeaseError> {
        let json = serde_json::to_string(result)
            .map_err(|source| LeaseError::Result { key: request.key.to_owned(), source })?;
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
    ) -> Result<T, LeaseError> {
        let fetched;
        let json = match (&record.result, &record.overflow) {
            (Some(json), _) => json,
            (None, Some(place)) => {
                fetched = self.overflow.fetch(key, place).await?;
                &fetched
            }
            (None, None) => {
                return Err(LeaseError::Corrupt { key: key.to_owned(), member: "result" });
            }
        };
        serde_json::from_str(json)
            .map_err(|source| LeaseError::Result { key: key.to_owned(), source })
    }
}
