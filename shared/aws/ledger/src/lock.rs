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
        match self.lock_of(environment, permit).await? {
            Some(lock) => transition.freeing(&lock, now),
            None => Ok(transition),
        }
    }
}

impl Transition {
    /// Releases a lock as it was read. If it was renewed since, the commit is a conflict.
    ///
    /// # Errors
    /// [`LedgerError::Json`].
    pub fn freeing(
        self,
        lock: &Stored<EnvironmentLock>,
        now: Timestamp,
    ) -> Result<Self, LedgerError> {
        let free = EnvironmentLock { expires_at: now, ended: true, ..lock.value.clone() };
        self.put(&Key::environment_lock(&free.environment), &free, Some(lock.version), None)
    }
}
