//! `POST …/permits/{permit}/heartbeat`: keeps the environment locked while the apply runs. A function of its own answers it, with
//! its own concurrency: a flood of other requests cannot let the lock of an apply lapse.

use axum::Router;
use axum::extract::{FromRef, State as Deps};
use axum::routing::post;
use headgate_api_types::permits::Renewed;
use headgate_domain::records::{BrokenLock, EnvironmentLock};
use headgate_events::ChangeId;
use headgate_http::{ApiError, Authenticated, Json, Path, Principal, Verifier};
use headgate_ledger::{Commit, Key, Ledger, Transition};
use headgate_outbox::Attempts;
use headgate_runtime::Clock;
use jiff::SignedDuration;

use crate::checks::{LOCK, conflict, own};

/// Dependencies of `permits-heartbeat`.
#[derive(Clone)]
pub struct Heartbeats {
    /// The ledger.
    pub ledger: Ledger,
    /// Verifies callers' tokens.
    pub verifier: Verifier,
    /// Current time.
    pub clock: Clock,
}

impl FromRef<Heartbeats> for Verifier {
    fn from_ref(deps: &Heartbeats) -> Self {
        deps.verifier.clone()
    }
}

/// The only route.
pub fn heartbeat_router(deps: Heartbeats) -> Router {
    Router::new().route("/v1/changes/{id}/permits/{permit}/heartbeat", post(renew)).with_state(deps)
}

/// Renews the lock, because the apply is still running.
async fn renew(
    Deps(deps): Deps<Heartbeats>,
    Authenticated(principal): Authenticated,
    Path((id, permit)): Path<(ChangeId, String)>,
) -> Result<Json<Renewed>, ApiError> {
    Ok(Json(renewed(&deps, &principal, &id, &permit).await?))
}

async fn renewed(
    Heartbeats { ledger, clock, .. }: &Heartbeats,
    principal: &Principal,
    id: &ChangeId,
    permit: &str,
) -> Result<Renewed, ApiError> {
    let mut attempts = Attempts::default();
    loop {
        let record = own(ledger, principal, id, permit).await?.value;
        let key = Key::environment_lock(&record.environment);
        let now = clock();
        // Renew an expired lock too, unless another apply has taken it: this apply is still running.
        let Some(lock) = ledger.lock_of(&record.environment, permit).await? else {
            // Another apply takes the lock only after this one was reported.
            if record.reported_at.is_some() {
                return reported();
            }
            return conflict(
                "lock_lost",
                format!("this permit does not hold the lock of {}", record.environment),
            );
        };
        // The lock says it, too: a report may have come in after the permit was read.
        if record.reported_at.is_some() || lock.value.ended {
            return reported();
        }
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
        // A report or a release that comes in between is a conflict, because both write the lock.
        let renewed = Transition::new().put(&key, &next, Some(lock.version), None)?;
        if ledger.commit(&renewed).await? == Commit::Applied {
            return Ok(Renewed { expires_at });
        }
        attempts.again().await?;
    }
}

fn reported<T>() -> Result<T, ApiError> {
    conflict("permit_reported", "this apply has already been reported and its lock released")
}
