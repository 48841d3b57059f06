//! Limits of a batch: concurrency, time and retry delays.

use std::time::Duration;

/// Longest visibility timeout that SQS accepts.
const MAX_VISIBILITY: Duration = Duration::from_secs(12 * 3600);

/// Limits that a runner applies to every batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchLimits {
    /// Most records, or FIFO groups, that are processed at the same time.
    pub concurrency: usize,
    /// Time reserved for one record. If less time is left, the record is handed back without being started.
    pub record_budget: Duration,
    /// Time reserved at the end of the invocation for the response. Handlers that still run then are
    /// cancelled.
    pub margin: Duration,
    /// Delays before retries.
    pub backoff: Backoff,
    /// Delays while something that the handler needs is not available. Half of each is fixed, so that an
    /// outage of hours takes few receives.
    pub outage: Backoff,
    /// Receives after which a message that fails by itself is poison. An outage, a handler that does not end in time,
    /// and a delay that the handler asked for never make a message poison; `maxReceiveCount` of the queue is the
    /// limit for those. SQS counts receives, not failures: after an outage, one failure may be enough.
    pub attempts: u32,
    /// Receives from which a message is suspected of what happened to its batch: it is processed after the
    /// others, which are deleted before, one at a time, and deleted as soon as it is done. If it ends the whole
    /// process, those before it are not delivered again.
    pub suspect: u32,
}

impl Default for BatchLimits {
    /// Five records at a time, 5 s for each, 2 s for the response; eight receives, the third one alone.
    fn default() -> Self {
        Self {
            concurrency: 5,
            record_budget: Duration::from_secs(5),
            margin: Duration::from_secs(2),
            backoff: Backoff::default(),
            outage: Backoff { cap: Duration::from_secs(15 * 60), ..Backoff::default() },
            attempts: 8,
            suspect: 3,
        }
    }
}

/// Exponential backoff with full jitter (Brooker, "Exponential Backoff And Jitter", AWS Architecture
/// Blog, 2015): a random delay between 0 and `base · 2^(attempt − 1)`, at most `cap`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// Longest delay after the first attempt.
    pub base: Duration,
    /// Longest delay after any attempt.
    pub cap: Duration,
}

impl Default for Backoff {
    /// From 5 s to 5 min: eight attempts take about five minutes on average.
    fn default() -> Self {
        Self { base: Duration::from_secs(5), cap: Duration::from_secs(300) }
    }
}

impl Backoff {
    /// The delay after attempt number `attempt`, starting at 1. `random` is in `0.0..1.0`.
    #[must_use]
    pub fn delay(&self, attempt: u32, random: f64) -> Duration {
        self.ceiling(attempt).mul_f64(random.clamp(0.0, 1.0))
    }

    /// As [`Self::delay`], but at least half of the longest delay ("equal jitter" in the same article).
    #[must_use]
    pub fn long_delay(&self, attempt: u32, random: f64) -> Duration {
        self.ceiling(attempt).mul_f64(0.5 + random.clamp(0.0, 1.0) / 2.0)
    }

    fn ceiling(&self, attempt: u32) -> Duration {
        let doublings = attempt.saturating_sub(1).min(31);
        self.base.saturating_mul(1 << doublings).min(self.cap).min(MAX_VISIBILITY)
    }
}

/// A visibility timeout in whole seconds: rounded up, and never more than SQS accepts.
pub(crate) fn visibility(delay: Duration) -> i32 {
    let delay = delay.min(MAX_VISIBILITY);
    let seconds = delay.as_secs() + u64::from(delay.subsec_nanos() > 0);
    i32::try_from(seconds).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Backoff, visibility};
    use proptest::prelude::*;
    use std::time::Duration;

    proptest! {
        #[test]
        fn a_delay_is_below_its_ceiling_and_the_ceiling_doubles_up_to_the_cap(
            attempt in 1..100_u32,
            random in 0.0..1.0_f64,
            base in 1..10_000_u64,
            cap in 1..100_000_u64,
        ) {
            let backoff =
                Backoff { base: Duration::from_millis(base), cap: Duration::from_millis(cap) };
            let ceiling = backoff.delay(attempt, 1.0);
            let doubled = u128::from(base) << (attempt - 1).min(31);
            prop_assert_eq!(ceiling.as_millis(), doubled.min(u128::from(cap)));
            prop_assert!(backoff.delay(attempt, random) <= ceiling);
            prop_assert!(backoff.long_delay(attempt, random) <= ceiling);
            prop_assert!(2 * backoff.long_delay(attempt, random) + Duration::from_nanos(2) >= ceiling);
            prop_assert!(backoff.delay(attempt + 1, 1.0) >= ceiling);
        }
    }

    #[test]
    fn sqs_counts_in_whole_seconds_and_to_twelve_hours() {
        assert_eq!(visibility(Duration::ZERO), 0);
        assert_eq!(visibility(Duration::from_millis(1)), 1);
        assert_eq!(visibility(Duration::from_millis(2_000)), 2);
        assert_eq!(visibility(Duration::from_secs(1_000_000)), 43_200);
    }
}
