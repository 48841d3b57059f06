//! A model's turn: its concurrency and its rate hold over all functions.

use std::time::Duration;

use headgate_ledger::{Commit, Key, Stored, Transition};
use headgate_models::{RateLimits, Throttle, Wait};
use headgate_outbox::{Attempts, Flow};
use jiff::SignedDuration;
use tokio::time::Instant;

use super::Again;

/// Longest a slot is held; whoever dies in it gives it back by then.
const SLACK: Duration = Duration::from_secs(5);

/// Longest stay before a case whose turn is too far off is put back.
const NOT_AT_ONCE: Duration = Duration::from_secs(20);

/// Waits for a turn until then at the latest.
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
            // The case goes to the end of the queue. If that is short it is soon here again, so not at once.
            tokio::time::sleep(left.min(wait).min(NOT_AT_ONCE)).await;
            return Err(Again::Full);
        }
        tokio::time::sleep(wait).await;
    }
}

/// Gives the turn back, and keeps everybody out for as long as the provider asks for. If it cannot be given back
/// it ends by itself.
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
        tracing::warn!(model, error, "slot not given back; it ends with its lease");
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
