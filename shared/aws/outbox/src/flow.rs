//! Commits a transition, publishes its outbox, and marks the outbox as published.

use std::time::Duration;

use headgate_bus::{Bus, PublishError};
use headgate_events::FunctionName;
use headgate_failpoint::reach;
use headgate_ledger::{Commit, Key, Ledger, LedgerError, Transition};
use headgate_runtime::Clock;
use jiff::Timestamp;

use crate::handled::Handled;

/// Attempts to commit a decision when other writers change the same items.
const ATTEMPTS: u32 = 10;
/// Doublings of the longest pause between them: up to 1.28 s.
const DOUBLINGS: u32 = 7;

/// What a consumer needs to process an event.
#[derive(Debug, Clone)]
pub struct Flow {
    /// The ledger with the state.
    pub ledger: Ledger,
    /// The bus to publish on.
    pub bus: Bus,
    /// Name of the function, used in its markers and as the source of its events.
    pub function: FunctionName,
    /// The clock; tests set a fixed time.
    pub clock: Clock,
}

/// Whether this call or an earlier delivery processed an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Once {
    /// This call processed the event.
    Processed,
    /// An earlier delivery processed the event. This call completed any missing steps.
    AlreadyProcessed,
}

/// Why an event was not fully processed. Consumers retry after any of these.
#[derive(Debug, thiserror::Error)]
pub enum FlowError {
    /// The ledger failed.
    #[error("the ledger failed")]
    Ledger(#[from] LedgerError),
    /// The state is committed, but not all events are published.
    #[error("the state is committed, but its events are not published yet")]
    Publish(#[from] PublishError),
    /// Other writers kept changing the same items.
    #[error("all {attempts} attempts failed because of conflicting writes; try again later")]
    Contention {
        /// Number of attempts.
        attempts: u32,
    },
}

impl Flow {
    /// Returns [`Handled::Busy`] for the time that another owner holds the lease.
    #[must_use]
    pub fn busy(&self, until: Timestamp) -> Handled {
        let wait = until.duration_since((self.clock)());
        Handled::Busy(Duration::try_from(wait).unwrap_or_default())
    }

    /// Runs `decide` for an event, commits the transition, publishes its outbox and marks it as published.
    /// If the event was processed before, only the missing steps run.
    ///
    /// ```text
    /// crash before the commit          the next delivery decides again
    /// crash before the publish         the next delivery finds the marker and publishes its outbox
    /// crash before the mark            the next delivery publishes the same events again, with the same ids
    /// crash before the acknowledgment  the next delivery finds everything done
    /// ```
    ///
    /// # Errors
    /// The error of `decide`, or [`FlowError`].
    pub async fn once<E, F>(&self, event_id: &str, decide: F) -> Result<Once, E>
    where
        E: From<FlowError>,
        F: AsyncFn() -> Result<Transition, E>,
    {
        let marker = Key::marker(self.function.as_str(), event_id);
        if self.heal(&marker).await? {
            tracing::info!(event.id = event_id, "duplicate");
            return Ok(Once::AlreadyProcessed);
        }
        let marked = async || Ok::<_, E>(decide().await?.marked(marker.clone(), (self.clock)()));
        Ok(if self.commit(marked).await? { Once::Processed } else { Once::AlreadyProcessed })
    }

    /// Commits the transition that `decide` returns, then publishes its outbox. After a conflict, `decide`
    /// runs again. Returns whether this call wrote the transition.
    ///
    /// # Errors
    /// The error of `decide`, or [`FlowError`].
    pub async fn commit<E, F>(&self, decide: F) -> Result<bool, E>
    where
        E: From<FlowError>,
        F: AsyncFn() -> Result<Transition, E>,
    {
        let mut attempts = Attempts::default();
        loop {
            let transition = decide().await?;
            reach!("outbox.decided");
            match self.apply(&transition).await? {
                Commit::Applied => return Ok(true),
                Commit::Duplicate => return Ok(false),
                Commit::Conflict => attempts.again().await?,
            }
        }
    }

    /// Commits one transition and publishes its outbox. If the marker already exists, publishes the earlier
    /// outbox instead. After a conflict, the caller must decide again.
    ///
    /// # Errors
    /// [`FlowError`].
    pub async fn apply(&self, transition: &Transition) -> Result<Commit, FlowError> {
        let result = self.ledger.commit(transition).await?;
        reach!("outbox.committed");
        match (&result, transition.marker()) {
            (Commit::Applied, Some(marker)) => self.publish(marker, transition.outbox()).await?,
            (Commit::Duplicate, Some(marker)) => {
                self.heal(marker).await?;
            }
            (Commit::Conflict, _) | (_, None) => {}
        }
        Ok(result)
    }

    /// Publishes the outbox of a marker, unless it is marked as published. Returns whether the marker exists.
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

    /// Publishes the outbox of a marker that is listed as unpublished, and takes the marker off the list. Returns whether this call
    /// published it; an earlier build marks what it publishes without taking it off the list.
    ///
    /// # Errors
    /// [`FlowError`].
    pub async fn settle(&self, marker: &Key) -> Result<bool, FlowError> {
        match self.ledger.marker(marker).await? {
            None => Ok(false),
            Some((_, true)) => {
                self.ledger.mark_published(marker, (self.clock)()).await?;
                Ok(false)
            }
            Some((found, false)) => {
                self.publish(marker, &found.outbox).await?;
                Ok(true)
            }
        }
    }

    async fn publish(
        &self,
        marker: &Key,
        outbox: &[headgate_events::Outgoing],
    ) -> Result<(), FlowError> {
        if outbox.is_empty() {
            return Ok(());
        }
        let origin = self.ledger.origin(marker);
        self.bus.publish_kept(outbox.iter().map(|event| (event, &origin))).await?;
        reach!("outbox.published");
        self.ledger.mark_published(marker, (self.clock)()).await?;
        reach!("outbox.marked");
        Ok(())
    }
}

/// Waits between attempts, with full jitter, and limits their number.
#[derive(Debug, Default)]
pub struct Attempts(u32);

impl Attempts {
    /// Waits before the next attempt.
    ///
    /// # Errors
    /// [`FlowError::Contention`] if the limit is reached.
    pub async fn again(&mut self) -> Result<(), FlowError> {
        self.0 += 1;
        if self.0 == ATTEMPTS {
            return Err(FlowError::Contention { attempts: ATTEMPTS });
        }
        tokio::time::sleep(jitter(10 << self.0.min(DOUBLINGS))).await;
        Ok(())
    }
}

/// Full jitter (Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015): a random delay of at
/// least 0 and less than `limit` milliseconds.
fn jitter(limit: u64) -> Duration {
    use std::hash::{BuildHasher as _, RandomState};
    Duration::from_millis(RandomState::new().hash_one(0u8) % limit.max(1))
}
