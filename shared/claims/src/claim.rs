//! What is claimed, and on what terms.

use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

/// How long a result is kept unless said otherwise: longer than SQS keeps a message (14 days), so that
/// a redriven message still finds it.
const KEEP: Duration = Duration::from_secs(90 * 24 * 3600);

/// What a claim means whose owner never came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnTimeout {
    /// The effect may be repeated: the next delivery takes over.
    Retry,
    /// Nobody can say whether the effect happened, and it must not happen twice: the next delivery is
    /// refused with [`crate::ClaimError::Abandoned`] until people have looked.
    Quarantine,
    /// The same, but only for an owner that had said that its effect begins ([`crate::Claims::begin`]). One
    /// that dies while it prepares, or waits for its turn, is succeeded.
    QuarantineOnceBegun,
}

/// A request for the right to run one effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim<'a> {
    pub(crate) key: &'a str,
    pub(crate) payload_sha256: String,
    pub(crate) lease: Duration,
    pub(crate) on_timeout: OnTimeout,
    pub(crate) keep: Duration,
}

impl<'a> Claim<'a> {
    /// The effect named `key` for exactly this `payload`, which may take as long as `lease`. An owner that
    /// times out is succeeded ([`OnTimeout::Retry`]); the result is kept for 90 days.
    #[must_use]
    pub fn new(key: &'a str, payload: &[u8], lease: Duration) -> Self {
        let payload_sha256 = hex::encode(Sha256::digest(payload));
        Self { key, payload_sha256, lease, on_timeout: OnTimeout::Retry, keep: KEEP }
    }

    /// What a timed-out owner means.
    #[must_use]
    pub fn on_timeout(mut self, on_timeout: OnTimeout) -> Self {
        self.on_timeout = on_timeout;
        self
    }

    /// How long the result is kept, and with it the promise that the effect is not repeated.
    #[must_use]
    pub fn keep(mut self, keep: Duration) -> Self {
        self.keep = keep;
        self
    }
}

/// What is left of a Lambda invocation, for [`Claim::new`]: from `now` to the deadline, which the
/// runtime gives in milliseconds since 1970.
#[must_use]
pub fn remaining(deadline_ms: u64, now: Timestamp) -> Duration {
    let now = u64::try_from(now.as_millisecond()).unwrap_or_default();
    Duration::from_millis(deadline_ms.saturating_sub(now))
}

/// The right to run the effect, held until the lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The fencing token's first half: who. Drawn anew for every run.
    pub owner: String,
    /// Its second half: how often the key was claimed, this time included. Grows for ever, so a system
    /// that the effect talks to can refuse what comes with a lower one.
    pub attempt: u64,
    /// When the lease ends.
    pub until: Timestamp,
}

/// How a run ended. All of it is fine; what is not is a [`crate::RunError`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<T> {
    /// The effect ran now.
    Done(T),
    /// It ran before; this is what it returned then.
    AlreadyDone(T),
    /// Somebody else is running it.
    Busy {
        /// When their lease ends; it makes no sense to come back before.
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
