//! Requests for a lease, leases, and outcomes.

use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

/// How long a result is kept by default. SQS keeps a message for at most 14 days, so a redriven message still
/// finds the result.
const KEEP: Duration = Duration::from_secs(90 * 24 * 3600);

/// What to do when the owner of a lease times out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnTimeout {
    /// The effect may be repeated: the next delivery takes over.
    Retry,
    /// The effect must not happen twice, and nobody knows whether it happened: the next delivery fails with
    /// [`crate::LeaseError::Abandoned`], so that a person can check.
    Quarantine,
    /// Like [`OnTimeout::Quarantine`] if the owner had called [`crate::Leases::begin`]. If the owner dies
    /// earlier, while it prepares or waits for its turn, the next delivery takes over.
    QuarantineOnceBegun,
}

/// A request for the right to run one effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaseRequest<'a> {
    pub(crate) key: &'a str,
    pub(crate) payload_sha256: String,
    pub(crate) lease: Duration,
    pub(crate) on_timeout: OnTimeout,
    pub(crate) keep: Duration,
}

impl<'a> LeaseRequest<'a> {
    /// Requests a lease of duration `lease` for the effect `key` with exactly this `payload`. By default,
    /// the next delivery takes over when the owner times out ([`OnTimeout::Retry`]), and the result is kept
    /// for 90 days.
    #[must_use]
    pub fn new(key: &'a str, payload: &[u8], lease: Duration) -> Self {
        let payload_sha256 = hex::encode(Sha256::digest(payload));
        Self { key, payload_sha256, lease, on_timeout: OnTimeout::Retry, keep: KEEP }
    }

    /// Sets what happens when the owner times out.
    #[must_use]
    pub fn on_timeout(mut self, on_timeout: OnTimeout) -> Self {
        self.on_timeout = on_timeout;
        self
    }

    /// Sets how long the result is kept. After that time the effect may run again.
    #[must_use]
    pub fn keep(mut self, keep: Duration) -> Self {
        self.keep = keep;
        self
    }
}

/// Time left of a Lambda invocation, for [`LeaseRequest::new`]. The Lambda runtime gives the deadline in
/// milliseconds since 1970.
#[must_use]
pub fn remaining(deadline_ms: u64, now: Timestamp) -> Duration {
    let now = u64::try_from(now.as_millisecond()).unwrap_or_default();
    Duration::from_millis(deadline_ms.saturating_sub(now))
}

/// The right to run the effect, held until the lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// First half of the fencing token: a random id of the owner, new for every run.
    pub owner: String,
    /// Second half of the fencing token: how many times the key was leased, including this time. It grows
    /// as long as the item exists, so a system that the effect calls can reject requests with a lower
    /// number.
    pub attempt: u64,
    /// When the lease ends.
    pub until: Timestamp,
}

/// How a run ended without an error. Failures are a [`crate::RunError`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeaseOutcome<T> {
    /// The effect ran now.
    Done(T),
    /// The effect ran before; this is the saved result.
    AlreadyDone(T),
    /// Another owner is running the effect.
    Busy {
        /// When the current lease ends. Do not retry earlier.
        until: Timestamp,
    },
}

#[cfg(test)]
mod tests {
    use super::remaining;
    use jiff::Timestamp;
    use std::time::Duration;

    #[test]
    fn what_is_left_is_never_negative() {
        let now = Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_secs(10);
        assert_eq!(remaining(12_500, now), Duration::from_millis(2_500));
        assert_eq!(remaining(9_000, now), Duration::ZERO);
    }
}
