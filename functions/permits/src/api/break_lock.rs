//! `POST /v1/environments/{environment}/break`: an operator ends an apply that still sends heartbeats.

use axum::extract::State as Deps;
use headgate_api_types::permits::{Broken, ReleaseRequest};
use headgate_domain::records::{BrokenLock, EnvironmentLock, PermitRecord};
use headgate_events::latest::LockBroken;
use headgate_http::{ApiError, Authenticated, Json, Path, Principal};
use headgate_ledger::{Commit, Key, Transition};
use headgate_outbox::{Attempts, Emit};
use jiff::SignedDuration;

use super::release::{operator, stated};
use crate::PERMITS;
use crate::checks::{LOCK, conflict};
use crate::deps::Api;

/// Lets no heartbeat renew the lock any more. The apply has five minutes to end and report; then the environment can be released. Everybody who
/// is notified of decisions is told.
pub(super) async fn break_lock(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path(environment): Path<String>,
    Json(request): Json<ReleaseRequest>,
) -> Result<Json<Broken>, ApiError> {
    operator(&principal)?;
    let reason = stated(&request.reason)?;
    Ok(Json(broken(&api, &principal, &environment, &reason).await?))
}

async fn broken(
    api: &Api,
    principal: &Principal,
    environment: &str,
    reason: &str,
) -> Result<Broken, ApiError> {
    let flow = &api.flow;
    let mut attempts = Attempts::default();
    loop {
        let now = (flow.clock)();
        let key = Key::environment_lock(environment);
        let held = flow.ledger.get::<EnvironmentLock>(&key).await?;
        let Some(held) = held.filter(|held| !held.value.ended) else {
            return conflict("environment_free", format!("no apply holds {environment}"));
        };
        let lock = &held.value;
        let marker = Key::marker(PERMITS, &format!("{}#broken", lock.permit_id));
        if let Some(BrokenLock { by, .. }) = &lock.broken {
            // The first request may have died before it published the event.
            flow.heal(&marker).await?;
            tracing::info!(lock.broken_by = by.as_str(), "broken before");
            return Ok(answer(lock));
        }
        if now >= lock.expires_at {
            return conflict(
                "heartbeat_missed",
                format!(
                    "{} sends no heartbeats any more; make sure that the apply is not running, then release {environment}",
                    lock.holder
                ),
            );
        }
        let permit = Key::permit(&lock.change_id, &lock.permit_id);
        let Some(permit) = flow.ledger.get::<PermitRecord>(&permit).await? else {
            return conflict(
                "permit_unknown",
                format!(
                    "the permit of the apply is missing; release {environment} after {}",
                    lock.expires_at
                ),
            );
        };
        let grace = now + SignedDuration::from_secs(LOCK);
        let ends_at = lock.ends_at.map_or(grace, |ends_at| ends_at.min(grace));
        let by = principal.id.clone();
        let next = EnvironmentLock {
            ends_at: Some(ends_at),
            expires_at: ends_at,
            broken: Some(BrokenLock { by, at: now, reason: reason.to_owned() }),
            ..lock.clone()
        };
        let event = LockBroken {
            revision: permit.value.revision,
            environment: environment.to_owned(),
            permit_id: lock.permit_id.clone(),
            holder: lock.holder.clone(),
            reason: reason.to_owned(),
            ends_at,
        };
        let Some(head) = flow.ledger.get(&Key::change(&lock.change_id)).await? else {
            return Err(ApiError::not_found("change"));
        };
        let head: &headgate_domain::records::ChangeHead = &head.value;
        let emit = Emit::new(flow.function, now, &head.engagement_id)
            .traced(headgate_http::traceparent())
            .by(principal.actor());
        let about = (lock.change_id.as_str(), permit.value.revision);
        let out = emit.event(about, &lock.permit_id, event)?;
        let transition = Transition::new()
            .put(&key, &next, Some(held.version), None)?
            .publishing(out)
            .marked(marker, now);
        match flow.apply(&transition).await? {
            Commit::Applied => return Ok(answer(&next)),
            // A heartbeat or a report came in between.
            Commit::Duplicate | Commit::Conflict => attempts.again().await?,
        }
    }
}

fn answer(lock: &EnvironmentLock) -> Broken {
    Broken {
        environment: lock.environment.clone(),
        change_id: lock.change_id.clone(),
        permit_id: lock.permit_id.clone(),
        holder: lock.holder.clone(),
        ends_at: lock.ends_at.unwrap_or(lock.expires_at),
    }
}
