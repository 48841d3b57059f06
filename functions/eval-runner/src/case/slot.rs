//! Slots of a model's throttle, which limits concurrency and rate for all functions together.

use std::time::Duration;

use headgate_ledger::{Commit, Key, Stored, Transition};
use headgate_models::{RateLimits, Throttle, Wait};
use headgate_outbox::{Attempts, Flow};
use jiff::SignedDuration;
use tokio::time::Instant;

use super::Again;

/// Added to a call's timeout for the lease of its slot. If the runner dies, the slot becomes free when the
/// lease ends.
const SLACK: Duration = Duration::from_secs(5);

/// Maximum wait before a case that gets no slot in time goes back to the queue.
const NOT_AT_ONCE: Duration = Duration::from_secs(20);

/// Waits for a slot, at most until `until`.
pub(super) async fn enter(
    flow: &Flow,
    (model, limits): (&str, RateLimits),
    who: &str,
    lease: Duration,
    until: Instant,
) -> Result<(), Again> {
    loop {
        let now = (flow.clock)();
        let lease = SignedDuration::try_from(lease + SLACK).unwrap_or(SignedDuration::ZERO);
        let end = now.saturating_add(lease).unwrap_or(now);
        let entered = change(flow, model, |throttle| throttle.enter(who, end, limits, now)).await?;
        let Err(Wait(wait)) = entered else { return Ok(()) };
        let left = until.saturating_duration_since(Instant::now());
        if wait >= left {
            // The case goes to the end of the queue. If the queue is short, the case comes back soon, so wait
            // first.
            tokio::time::sleep(left.min(wait).min(NOT_AT_ONCE)).await;
            return Err(Again::Full);
        }
        tokio::time::sleep(wait).await;
    }
}

/// Releases the slot, and blocks new calls for as long as the provider asks for. If the release fails, the
/// slot expires with its lease.
pub(super) async fn leave(
    flow: &Flow,
    (model, limits): (&str, RateLimits),
    who: &str,
    pause: Option<Duration>,
) {
    let now = (flow.clock)();
    let left = change(flow, model, |throttle| {
        throttle.leave(who);
        if let Some(after) = pause {
            throttle.pause(after, limits, now);
        }
        Ok(())
    });
    if let Err(error) = left.await {
        let error = headgate_runtime::telemetry::chain(&error);
        tracing::warn!(model, error, "the slot was not released; it expires with its lease");
    }
}

async fn change(
    flow: &Flow,
    model: &str,
    change: impl Fn(&mut Throttle) -> Result<(), Wait>,
) -> Result<Result<(), Wait>, Again> {
    let key = Key::model_throttle(model);
    let mut attempts = Attempts::default();
    loop {
        let found = flow.ledger.get::<Throttle>(&key).await?;
        let version = found.as_ref().map(|s| s.version);
        let mut throttle = found.map(|Stored { value, .. }| value).unwrap_or_default();
        let changed = change(&mut throttle);
        if changed.is_err() {
            return Ok(changed);
        }
        let transition = Transition::new().put(&key, &throttle, version, None)?;
        if flow.apply(&transition).await? == Commit::Applied {
            return Ok(Ok(()));
        }
        attempts.again().await?;
    }
}
