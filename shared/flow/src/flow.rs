//! Commit, publish, mark.

use std::time::Duration;

use headgate_bus::{Bus, PublishError};
use headgate_failpoint::reach;
use headgate_ledger::{Commit, Key, Ledger, LedgerError, Transition};
use headgate_runtime::Clock;
use jiff::Timestamp;

use crate::consume::Handled;

/// Tries of a decision when others write to the same items.
const ATTEMPTS: u32 = 8;

/// What a consumer needs to work on an event.
#[derive(Debug, Clone)]
pub struct Flow {
    /// Where state is.
    pub ledger: Ledger,
    /// Where events go.
    pub bus: Bus,
    /// Name of the function: consumer of markers, source of events.
    pub function: &'static str,
    /// Where the time comes from.
    pub clock: Clock,
}

/// Whether an event was processed now or before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Once {
    /// By this call.
    First,
    /// By an earlier delivery; what was missing of it is done now.
    Before,
}

/// Why an event was not brought to its end. All of it is worth another try.
#[derive(Debug, thiserror::Error)]
pub enum FlowError {
    /// The ledger failed.
    #[error("the ledger failed")]
    Ledger(#[from] LedgerError),
    /// The state is committed, its events are not all on the bus.
    #[error("the events are not published yet")]
    Publish(#[from] PublishError),
    /// Others kept writing to the same items.
    #[error("{attempts} attempts met conflicting writes")]
    Contention {
        /// How many.
        attempts: u32,
    },
}

impl Flow {
    /// How to end when somebody else holds the claim until then.
    #[must_use]
    pub fn busy(&self, until: Timestamp) -> Handled {
        let wait = until.duration_since((self.clock)());
        Handled::Busy(Duration::try_from(wait).unwrap_or_default())
    }

    /// Runs `decide` for an event and commits, publishes and marks what it returns. If the event was
    /// processed before, only what is missing of that is done.
    ///
    /// ```text
    /// crash before the commit       the next delivery decides anew
    /// crash before the publish      the next delivery finds the marker and publishes its outbox
    /// crash before the mark         the next delivery publishes the same events again, same ids
    /// crash before the acknowledge  the next delivery finds everything done
    /// ```
    ///
    /// # Errors
    /// Whatever `decide` returns, and [`FlowError`].
    pub async fn once<E, F>(&self, event_id: &str, decide: F) -> Result<Once, E>
    where
        E: From<FlowError>,
        F: AsyncFn() -> Result<Transition, E>,
    {
        let marker = Key::marker(self.function, event_id);
        if self.heal(&marker).await? {
            tracing::info!(event.id = event_id, "duplicate");
            return Ok(Once::Before);
        }
        let marked = async || Ok::<_, E>(decide().await?.marked(marker.clone(), (self.clock)()));
        Ok(if self.commit(marked).await? { Once::First } else { Once::Before })
    }

    /// Commits what `decide` returns, deciding anew after a conflict, then publishes its outbox.
    /// Returns whether it was this call that wrote.
    ///
    /// # Errors
    /// Whatever `decide` returns, and [`FlowError`].
    pub async fn commit<E, F>(&self, decide: F) -> Result<bool, E>
    where
        E: From<FlowError>,
        F: AsyncFn() -> Result<Transition, E>,
    {
        let mut attempts = Attempts::default();
        loop {
            let transition = decide().await?;
            reach!("flow.decided");
            match self.apply(&transition).await? {
                Commit::Applied => return Ok(true),
                Commit::Duplicate => return Ok(false),
                Commit::Conflict => attempts.again().await?,
            }
        }
    }

    /// Commits one transition and publishes its outbox; or that of the earlier one, if the marker is
    /// there. After a conflict the caller decides anew.
    ///
    /// # Errors
    /// [`FlowError`].
    pub async fn apply(&self, transition: &Transition) -> Result<Commit, FlowError> {
        let result = self.ledger.commit(transition).await?;
        reach!("flow.committed");
        match (&result, transition.marker()) {
            (Commit::Applied, Some(marker)) => self.publish(marker, transition.outbox()).await?,
            (Commit::Duplicate, Some(marker)) => {
                self.heal(marker).await?;
            }
            (Commit::Conflict, _) | (_, None) => {}
        }
        Ok(result)
    }

    /// Publishes the outbox of a marker that is there but not marked as published. Returns whether
    /// the marker is there.
    ///
    /// # Errors
    /// [`FlowError`].
    pub async fn heal(&self, marker: &Key) -> Result<bool, FlowError> {
        let Some((found, published)) = self.ledger.marker(marker).await? else { return Ok(false) };
        if !published {
            self.publish(marker, &found.outbox).await?;
        }
        Ok(true)
    }

    async fn publish(
        &self,
        marker: &Key,
        outbox: &[headgate_events::Outgoing],
    ) -> Result<(), FlowError> {
        if outbox.is_empty() {
            return Ok(());
        }
        self.bus.publish(outbox).await?;
        reach!("flow.published");
        self.ledger.mark_published(marker).await?;
        reach!("flow.marked");
        Ok(())
    }
}

/// Waits between tries, with full jitter, and an end to them.
#[derive(Debug, Default)]
pub struct Attempts(u32);

impl Attempts {
    /// Waits before the next try.
    ///
    /// # Errors
    /// [`FlowError::Contention`] when it was tried often enough.
    pub async fn again(&mut self) -> Result<(), FlowError> {
        self.0 += 1;
        if self.0 == ATTEMPTS {
            return Err(FlowError::Contention { attempts: ATTEMPTS });
        }
        tokio::time::sleep(jitter(10 << self.0)).await;
        Ok(())
    }
}

/// Full jitter (Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015): anything
/// between 0 and `limit` milliseconds.
fn jitter(limit: u64) -> Duration {
    use std::hash::{BuildHasher as _, RandomState};
    Duration::from_millis(RandomState::new().hash_one(0u8) % limit.max(1))
}
