//! `POST …/permits/{permit}/heartbeat`: keeps the environment locked while the apply runs.

use axum::extract::State as Deps;
use headgate_api_types::permits::Renewed;
use headgate_domain::records::{BrokenLock, EnvironmentLock};
use headgate_events::ChangeId;
use headgate_http::{ApiError, Authenticated, Json, Path, Principal};
use headgate_ledger::{Commit, Key, Transition};
use headgate_outbox::Attempts;
use jiff::SignedDuration;

use super::checks::{conflict, own};
use crate::deps::Api;

/// How long an environment stays locked without a heartbeat, in seconds.
pub(super) const LOCK: i64 = 5 * 60;

/// Renews the lock, because the apply is still running.
pub(super) async fn renew(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path((id, permit)): Path<(ChangeId, String)>,
) -> Result<Json<Renewed>, ApiError> {
    Ok(Json(renewed(&api, &principal, &id, &permit).await?))
}

async fn renewed(
    api: &Api,
    principal: &Principal,
    id: &ChangeId,
    permit: &str,
) -> Result<Renewed, ApiError> {
    let ledger = &api.flow.ledger;
    let mut attempts = Attempts::default();
    loop {
        let stored = own(ledger, principal, id, permit).await?;
        let record = stored.value;
        if record.reported_at.is_some() {
            return conflict(
                "permit_reported",
                "this apply has already been reported and its lock released",
            );
        }
        let key = Key::environment_lock(&record.environment);
        let now = (api.flow.clock)();
        // Renew an expired lock too, unless another apply has taken it: this apply is still running.
        let Some(lock) = ledger.lock_of(&record.environment, permit).await? else {
            return conflict(
                "lock_lost",
                format!("this permit does not hold the lock of {}", record.environment),
            );
        };
        let beat = now + SignedDuration::from_secs(LOCK);
        let expires_at = lock.value.ends_at.map_or(beat, |ends_at| ends_at.min(beat));
        if let Some(BrokenLock { by, reason, .. }) = &lock.value.broken {
            return conflict(
                "lock_broken",
                format!(
                    "{by} ends this apply ({reason}); stop it and report it until {expires_at}"
                ),
            );
        }
        if expires_at <= now {
            return conflict(
                "apply_too_long",
                format!(
                    "an apply to {} may not take longer; stop it and report it, then an operator can release the environment",
                    record.environment
                ),
            );
        }
        let next = EnvironmentLock { expires_at, ..lock.value };
        // A report that comes in between is a conflict: it has released the lock.
        let renewed = Transition::new()
            .put(&key, &next, Some(lock.version), None)?
            .unchanged(&Key::permit(id, permit), stored.version);
        if ledger.commit(&renewed).await? == Commit::Applied {
            return Ok(Renewed { expires_at });
        }
        attempts.again().await?;
    }
}
