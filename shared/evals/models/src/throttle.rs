//! The throttle of a model. All functions share one item and update it with optimistic locking.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::config::RateLimits;

/// Capacity of the token bucket, in seconds of its rate: this many calls may start at once after a pause.
const BURST_SECONDS: f64 = 10.0;

/// The state of a model's throttle: leased slots and a token bucket.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Throttle {
    /// Number of calls that may start at `at`. One token is added every 60 / `per_minute` seconds.
    tokens: f64,
    /// When `tokens` was last computed.
    at: Option<Timestamp>,
    /// Taken slots: holder and expiry. If a holder dies, its slot expires.
    slots: BTreeMap<String, Timestamp>,
}

impl headgate_events::Versioned for Throttle {}

/// No call may start now. Contains the time until the next attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the model's limits are reached; try again in {} ms", .0.as_millis())]
pub struct Wait(pub Duration);

impl Throttle {
    /// Takes a slot and a token for a call that ends by `until`. If `who` already has a slot, only extends
    /// it.
    ///
    /// # Errors
    /// [`Wait`] if there is no free slot or no token.
    pub fn enter(
        &mut self,
        who: &str,
        until: Timestamp,
        limits: RateLimits,
        now: Timestamp,
    ) -> Result<(), Wait> {
        self.slots.retain(|_, until| *until > now);
        self.refill(limits, now);
        if let Some(slot) = self.slots.get_mut(who) {
            *slot = until;
            return Ok(());
        }
        if u32::try_from(self.slots.len()).is_ok_and(|taken| taken >= limits.concurrency) {
            let first = self.slots.values().min().copied().unwrap_or(now);
            let lease = Duration::try_from(first.duration_since(now)).unwrap_or_default();
            // Most holders release their slot long before it expires.
            return Err(Wait(lease.min(Duration::from_secs(1))));
        }
        if self.tokens < 1.0 {
            let missing = (1.0 - self.tokens) * 60.0 / f64::from(limits.per_minute);
            return Err(Wait(Duration::from_secs_f64(missing)));
        }
        self.tokens -= 1.0;
        self.slots.insert(who.to_owned(), until);
        Ok(())
    }

    /// Releases the slot of `who`.
    pub fn leave(&mut self, who: &str) {
        self.slots.remove(who);
    }

    /// Blocks new calls for the time that the provider asked for.
    pub fn pause(&mut self, after: Duration, limits: RateLimits, now: Timestamp) {
        let after = SignedDuration::try_from(after).unwrap_or(SignedDuration::from_mins(1));
        // The next token is available when the pause ends.
        self.tokens = 1.0 - after.as_secs_f64() * f64::from(limits.per_minute) / 60.0;
        self.at = Some(now);
    }

    fn refill(&mut self, limits: RateLimits, now: Timestamp) {
        let rate = f64::from(limits.per_minute) / 60.0;
        let full = (rate * BURST_SECONDS).max(1.0);
        self.tokens = match self.at {
            None => full,
            // A clock that goes back adds no tokens.
            Some(at) => {
                (self.tokens + now.duration_since(at).as_secs_f64().max(0.0) * rate).min(full)
            }
        };
        self.at = Some(self.at.map_or(now, |at| at.max(now)));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{RateLimits, Throttle, Wait};
    use jiff::{SignedDuration, Timestamp};
    use proptest::prelude::*;
    use std::time::Duration;

    const LIMITS: RateLimits = RateLimits { concurrency: 2, per_minute: 60 };

    fn at(millis: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_millis(millis)
    }

    #[test]
    fn slots_are_leases() {
        let mut throttle = Throttle::default();
        throttle.enter("a", at(400), LIMITS, at(0)).unwrap();
        throttle.enter("b", at(500), LIMITS, at(0)).unwrap();
        // A holder that enters again extends its slot.
        throttle.enter("a", at(5_000), LIMITS, at(0)).unwrap();
        assert_eq!(
            throttle.enter("c", at(9_000), LIMITS, at(0)),
            Err(Wait(Duration::from_millis(500)))
        );
        throttle.enter("c", at(9_000), LIMITS, at(500)).unwrap();
        throttle.leave("a");
        throttle.enter("d", at(9_000), LIMITS, at(500)).unwrap();
    }

    #[test]
    fn tokens_come_in_one_by_one() {
        let mut throttle = Throttle::default();
        let mut enter = |who: &str, now| {
            let entered =
                throttle.enter(who, at(now + 1), RateLimits { concurrency: 99, ..LIMITS }, at(now));
            entered.map_err(|Wait(wait)| wait.as_millis())
        };
        for n in 0..10 {
            enter(&n.to_string(), 0).unwrap();
        }
        assert_eq!(enter("x", 250), Err(750));
        enter("x", 1_000).unwrap();
        assert_eq!(enter("y", 1_000), Err(1_000));
    }

    #[test]
    fn a_provider_that_asks_for_a_pause_gets_it() {
        let mut throttle = Throttle::default();
        throttle.pause(Duration::from_secs(30), LIMITS, at(0));
        assert_eq!(
            throttle.enter("a", at(99_000), LIMITS, at(10_000)),
            Err(Wait(Duration::from_secs(20)))
        );
        throttle.enter("a", at(99_000), LIMITS, at(30_000)).unwrap();
    }

    proptest! {
        #[test]
        fn never_more_than_allowed(
            steps in prop::collection::vec((0_u8..8, 0_i64..3_000, any::<bool>()), 1..200),
            concurrency in 1_u32..4,
            per_minute in 1_u32..120,
        ) {
            let limits = RateLimits { concurrency, per_minute };
            let mut throttle = Throttle::default();
            let (mut now, mut begun) = (0, 0_u32);
            for (who, later, leaves) in steps {
                now += later;
                if leaves {
                    throttle.leave(&who.to_string());
                } else if throttle.slots.get(&who.to_string()).is_none_or(|until| *until <= at(now))
                    && throttle.enter(&who.to_string(), at(now + 2_000), limits, at(now)).is_ok()
                {
                    begun += 1;
                }
                let inside = throttle.slots.values().filter(|until| **until > at(now)).count();
                prop_assert!(inside <= concurrency as usize);
                let rate = f64::from(per_minute) / 60.0;
                #[allow(clippy::cast_precision_loss)]
                let allowed = (rate * 10.0).max(1.0) + rate * now as f64 / 1_000.0;
                prop_assert!(f64::from(begun) <= allowed + 1e-6, "{begun} of {allowed}");
            }
        }
    }
}
