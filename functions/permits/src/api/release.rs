//! `POST /v1/environments/{environment}/release`: an operator ends an apply that nobody will report.

use axum::extract::State as Deps;
use headgate_api_types::permits::ReleaseRequest;
use headgate_domain::records::{EnvironmentLock, PermitRecord};
use headgate_domain::text::one_line;
use headgate_events::latest::{ChangeExecuted, ExecutionOutcome};
use headgate_http::{ApiError, Authenticated, Json, Path, Principal};
use headgate_ledger::{Commit, Key, Transition};
use headgate_outbox::Attempts;
use jiff::Timestamp;

use super::report::{end, marker};
use crate::checks::conflict;
use crate::deps::Api;

/// Role that may release an environment.
const OPERATOR: &str = "operator";
/// Longest reason that is stored, in bytes.
const MAX_REASON: usize = 1_000;

/// Ends the last apply of an environment with an unknown outcome, and releases the lock.
pub(super) async fn release(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path(environment): Path<String>,
    Json(request): Json<ReleaseRequest>,
) -> Result<Json<PermitRecord>, ApiError> {
    operator(&principal)?;
    let reason = stated(&request.reason)?;
    Ok(Json(released(&api, &principal, &environment, &reason).await?))
}

/// Fails unless the caller is a person with the role.
pub(super) fn operator(principal: &Principal) -> Result<(), ApiError> {
    principal.require_human()?;
    principal.require(OPERATOR)
}

/// The reason as it is stored.
pub(super) fn stated(reason: &str) -> Result<String, ApiError> {
    let reason = one_line(reason, MAX_REASON);
    if reason.trim().is_empty() {
        return Err(ApiError::bad_request(
            "reason_required",
            "`reason` is empty; say why, and how you know what the apply does, for the record",
        ));
    }
    Ok(reason)
}

async fn released(
    api: &Api,
    principal: &Principal,
    environment: &str,
    reason: &str,
) -> Result<PermitRecord, ApiError> {
    let flow = &api.flow;
    let mut attempts = Attempts::default();
    loop {
        let now = (flow.clock)();
        // Also an environment that is no longer served: it may have been removed while it was locked.
        let held = flow.ledger.get::<EnvironmentLock>(&Key::environment_lock(environment)).await?;
        let Some(held) = held else {
            return conflict(
                "environment_free",
                format!("no apply has ever locked {environment}; check the name"),
            );
        };
        let lock = &held.value;
        let key = Key::permit(&lock.change_id, &lock.permit_id);
        let Some(stored) = flow.ledger.get::<PermitRecord>(&key).await? else {
            if now < lock.expires_at {
                return running(lock);
            }
            unless_valid(lock, now)?;
            // After a restore or a repair by hand. Nothing is known of the apply, so nothing is published.
            let free = Transition::new().freeing(&held, now)?;
            if flow.ledger.commit(&free).await? == Commit::Applied {
                return conflict(
                    "permit_unknown",
                    format!(
                        "the permit of the last apply is missing, so no outcome is recorded; {environment} is released"
                    ),
                );
            }
            attempts.again().await?;
            continue;
        };
        let record = &stored.value;
        if record.reported_at.is_some() {
            // An earlier request may have died before it published the end of the apply.
            flow.heal(&marker(&record.permit_id)).await?;
            return conflict(
                "environment_free",
                format!("the last apply to {environment}, of {}, has ended", lock.change_id),
            );
        }
        if now < lock.expires_at {
            return running(lock);
        }
        unless_valid(lock, now)?;
        let began = record.used_at.unwrap_or(now);
        let executed = ChangeExecuted {
            revision: record.revision,
            content_hash: record.content_hash.clone(),
            permit_id: record.permit_id.clone(),
            outcome: ExecutionOutcome::Failed,
            verification: format!(
                "the outcome is unknown: nobody reported it, and {} released the environment: {reason}",
                principal.id
            ),
            duration_ms: u64::try_from(now.duration_since(began).as_millis()).unwrap_or_default(),
        };
        let next = PermitRecord {
            reported_at: Some(now),
            released_by: Some(principal.id.clone()),
            ..record.clone()
        };
        // With the lock that was checked above: if a heartbeat renews it meanwhile, this conflicts.
        let ended = end(flow, principal, (&stored, next), Some(held), executed).await?;
        if let Some(ended) = ended {
            return Ok(ended);
        }
        attempts.again().await?;
    }
}

/// Fails while the credentials of the apply work.
fn unless_valid(lock: &EnvironmentLock, now: Timestamp) -> Result<(), ApiError> {
    let Some(until) = lock.credentials_until.filter(|until| now < *until) else { return Ok(()) };
    conflict(
        "credentials_valid",
        format!(
            "the credentials of the apply of {} work until {until}; release {} then: docs/access.md says how to end them at once",
            lock.change_id, lock.environment
        ),
    )
}

fn running<T>(lock: &EnvironmentLock) -> Result<T, ApiError> {
    let EnvironmentLock { environment, holder, change_id, expires_at, broken, .. } = lock;
    let message = if broken.is_some() {
        format!("{holder} may still end the apply of {change_id}; try again after {expires_at}")
    } else {
        format!(
            "{holder} still sends heartbeats for {change_id}; stop that apply, and try again after {expires_at}; if it cannot be \
             stopped, break its lock: `headgate release {environment} --break-glass`"
        )
    };
    conflict("apply_running", message)
}
