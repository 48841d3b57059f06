//! `POST …/permits/{permit}/report`: records the outcome of an apply and releases the environment lock.

use axum::extract::State as Deps;
use headgate_api_types::permits::ReportRequest;
use headgate_domain::records::{ChangeHead, EnvironmentLock, PermitRecord};
use headgate_events::ChangeId;
use headgate_events::latest::ChangeExecuted;
use headgate_http::{ApiError, Authenticated, Json, Path, Principal};
use headgate_ledger::{Commit, Key, Stored, Transition};
use headgate_outbox::{Attempts, Emit, Flow};

use crate::PERMITS;
use crate::checks::{conflict, own};
use crate::deps::Api;

/// Longest description of the verification that is stored, in characters.
const MAX_VERIFICATION: usize = 4_000;

/// Ends the apply. Sending the report again changes nothing.
pub(super) async fn report(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path((id, permit)): Path<(ChangeId, String)>,
    Json(request): Json<ReportRequest>,
) -> Result<Json<PermitRecord>, ApiError> {
    Ok(Json(reported(&api, &principal, &id, &permit, &request).await?))
}

async fn reported(
    api: &Api,
    principal: &Principal,
    id: &ChangeId,
    permit: &str,
    request: &ReportRequest,
) -> Result<PermitRecord, ApiError> {
    let flow = &api.flow;
    let mut attempts = Attempts::default();
    loop {
        let now = (flow.clock)();
        let stored = own(&flow.ledger, principal, id, permit).await?;
        let record = &stored.value;
        if record.used_at.is_none() {
            return conflict(
                "permit_unused",
                "the permit has not been used; there is no apply to report",
            );
        }
        if let Some(operator) = &record.released_by {
            return conflict(
                "apply_released",
                format!(
                    "{operator} has released this apply, and its outcome is recorded as unknown; tell {operator} what \
                     happened"
                ),
            );
        }
        if record.reported_at.is_some() {
            flow.heal(&marker(permit)).await?;
            return Ok(stored.value);
        }
        let executed = ChangeExecuted {
            revision: record.revision,
            content_hash: record.content_hash.clone(),
            permit_id: permit.to_owned(),
            outcome: request.outcome,
            verification: request.verification.chars().take(MAX_VERIFICATION).collect(),
            duration_ms: request.duration_ms,
        };
        let next = PermitRecord { reported_at: Some(now), ..record.clone() };
        let lock = flow.ledger.lock_of(&next.environment, permit).await?;
        if let Some(ended) = end(flow, principal, (&stored, next), lock, executed).await? {
            return Ok(ended);
        }
        attempts.again().await?;
    }
}

/// Marker of the end of an apply: it is reported or released, once.
pub(super) fn marker(permit: &str) -> Key {
    Key::marker(PERMITS, &format!("{permit}#report"))
}

/// Ends an apply: writes the permit, releases the lock and publishes what is known of the outcome, in one transaction.
/// Returns `None` if another request changed something meanwhile: the permit, or the lock since the caller read it.
pub(super) async fn end(
    flow: &Flow,
    principal: &Principal,
    (stored, next): (&Stored<PermitRecord>, PermitRecord),
    lock: Option<Stored<EnvironmentLock>>,
    executed: ChangeExecuted,
) -> Result<Option<PermitRecord>, ApiError> {
    let now = (flow.clock)();
    let (id, permit) = (&next.change_id, next.permit_id.as_str());
    let Some(head) = flow.ledger.get::<ChangeHead>(&Key::change(id)).await? else {
        return Err(ApiError::not_found("change"));
    };
    let emit = Emit::new(flow.function, now, &head.value.engagement_id)
        .traced(headgate_http::traceparent());
    let out = emit.by(principal.actor()).event((id.as_str(), next.revision), permit, executed)?;
    let transition = Transition::new()
        .put(&Key::permit(id, permit), &next, Some(stored.version), None)?
        .publishing(out)
        .marked(marker(permit), now);
    let transition = match &lock {
        Some(lock) => transition.freeing(lock, now)?,
        None => transition,
    };
    match flow.apply(&transition).await? {
        Commit::Applied => Ok(Some(next)),
        // Somebody else ended it: read again what they wrote.
        Commit::Duplicate | Commit::Conflict => Ok(None),
    }
}
