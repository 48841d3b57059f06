//! Reads and releases the lock of an environment.

use jiff::Timestamp;

use crate::error::LedgerError;
use crate::item::Stored;
use crate::key::Key;
use crate::read::Ledger;
use crate::transition::Transition;
use headgate_domain::records::EnvironmentLock;

impl Ledger {
    /// The lock of an environment, if `permit` was the last to take it. The lock may have expired since.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn lock_of(
        &self,
        environment: &str,
        permit: &str,
    ) -> Result<Option<Stored<EnvironmentLock>>, LedgerError> {
        let lock = self.get::<EnvironmentLock>(&Key::environment_lock(environment)).await?;
        Ok(lock.filter(|l| l.value.permit_id == permit))
    }

    /// Adds the release of an environment's lock to `transition`, if `permit` was the last to take the lock.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn releasing(
        &self,
        transition: Transition,
        (environment, permit): (&str, &str),
        now: Timestamp,
    ) -> Result<Transition, LedgerError> {
        let Some(lock) = self.lock_of(environment, permit).await? else { return Ok(transition) };
        let free = EnvironmentLock { expires_at: now, ..lock.value };
        transition.put(&Key::environment_lock(environment), &free, Some(lock.version), None)
    }
}
