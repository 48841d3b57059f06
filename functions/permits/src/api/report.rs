//! `POST …/permits/{permit}/report`: records the outcome of an apply and releases the environment lock.

use axum::extract::State as Deps;
use headgate_api_types::permits::ReportRequest;
use headgate_domain::records::{ChangeHead, PermitRecord};
use headgate_events::ChangeId;
use headgate_events::latest::ChangeExecuted;
use headgate_http::{ApiError, Authenticated, Json, Path, Principal};
use headgate_ledger::{Commit, Key, Transition};
use headgate_outbox::{Attempts, Emit};

use super::checks::{conflict, own};
use crate::PERMITS;
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
    let marker = Key::marker(PERMITS, &format!("{permit}#report"));
    let mut attempts = Attempts::default();
    loop {
        let now = (flow.clock)();
        let stored = own(&flow.ledger, principal, id, permit).await?;
        let mut record = stored.value;
        if record.used_at.is_none() {
            return conflict(
                "permit_unused",
                "the permit has not been used; there is no apply to report",
            );
        }
        if record.reported_at.is_some() {
            flow.heal(&marker).await?;
            return Ok(record);
        }
        let Some(head) = flow.ledger.get::<ChangeHead>(&Key::change(id)).await? else {
            return Err(ApiError::not_found("change"));
        };
        record.reported_at = Some(now);
        let executed = ChangeExecuted {
            revision: record.revision,
            content_hash: record.content_hash.clone(),
            permit_id: permit.to_owned(),
            outcome: request.outcome,
            verification: request.verification.chars().take(MAX_VERIFICATION).collect(),
            duration_ms: request.duration_ms,
        };
        let emit = Emit::new(flow.function, now, &head.value.engagement_id)
            .traced(headgate_http::traceparent());
        let out =
            emit.by(principal.actor()).event((id.as_str(), record.revision), permit, executed)?;
        let transition = Transition::new()
            .put(&Key::permit(id, permit), &record, Some(stored.version), None)?
            .publishing(out)
            .marked(marker.clone(), now);
        let locked = (record.environment.as_str(), permit);
        let transition = flow.ledger.releasing(transition, locked, now).await?;
        match flow.apply(&transition).await? {
            Commit::Applied | Commit::Duplicate => return Ok(record),
            Commit::Conflict => attempts.again().await?,
        }
    }
}
