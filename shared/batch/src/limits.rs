//! How much at a time, for how long, and how soon again.

use std::time::Duration;

/// Longest visibility timeout that SQS takes.
const MAX_VISIBILITY: Duration = Duration::from_secs(12 * 3600);

/// What a runner keeps to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Records, or FIFO groups, that are worked on at the same time.
    pub concurrency: usize,
    /// Time that a record may need. With less left, it is not begun but handed back.
    pub record_budget: Duration,
    /// Time before the invocation's end at which whatever still runs is cut off, so that the answer
    /// is given in time.
    pub margin: Duration,
    /// How soon a record is tried again.
    pub backoff: Backoff,
}

impl Default for Limits {
    /// Five at a time, 5 s for each, 2 s to answer.
    fn default() -> Self {
        Self {
            concurrency: 5,
            record_budget: Duration::from_secs(5),
            margin: Duration::from_secs(2),
            backoff: Backoff::default(),
        }
    }
}

/// Exponential backoff with full jitter (Brooker, "Exponential Backoff And Jitter", AWS Architecture
/// Blog, 2015): any delay from nothing to `base · 2^(attempt − 1)`, at most `cap`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// Longest delay after the first attempt.
    pub base: Duration,
    /// Longest delay after any.
    pub cap: Duration,
}

impl Default for Backoff {
    /// From 5 s to 5 min: eight tries last for five minutes on average.
    fn default() -> Self {
        Self { base: Duration::from_secs(5), cap: Duration::from_secs(300) }
    }
}

impl Backoff {
    /// The delay after attempt number `attempt` (from 1), where `random` is in `0.0..1.0`.
    #[must_use]
    pub fn delay(&self, attempt: u32, random: f64) -> Duration {
        let doublings = attempt.saturating_sub(1).min(31);
        let ceiling = self.base.saturating_mul(1 << doublings).min(self.cap).min(MAX_VISIBILITY);
        ceiling.mul_f64(random.clamp(0.0, 1.0))
    }
}

/// Whole seconds of a visibility timeout: rounded up, never more than SQS takes.
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
