//! `POST /v1/changes/{id}/permits` and `…/permits/{permit}/use`.

use axum::extract::{Path, State as Deps};
use axum::http::StatusCode;
use headgate_domain::change::Status;
use headgate_events::latest::PermitIssued;
use headgate_flow::{Attempts, Emit};
use headgate_http::{ApiError, Authenticated, Json, Principal};
use headgate_ledger::{Commit, Key, Listing, PermitRecord, Revision, Transition};
use headgate_review::Report;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Api, Failure};
use crate::GATE;
use crate::permit::{LIFETIME_SECONDS, PermitClaims};
use crate::state::State;

/// Role that may apply.
const EXECUTOR: &str = "executor";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PermitRequest {
    revision: u32,
    content_hash: String,
    /// Hash of the effect of the plan that is about to be applied, computed from the plan file.
    plan_hash: String,
}

#[derive(Serialize)]
pub(super) struct PermitAnswer {
    permit: String,
    permit_id: String,
    expires_at: Timestamp,
}

pub(super) async fn issue(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path(id): Path<String>,
    Json(request): Json<PermitRequest>,
) -> Result<(StatusCode, Json<PermitAnswer>), ApiError> {
    principal.require(EXECUTOR)?;
    let record = record(&api, &principal, &id, &request).await?;
    let permit = api.key.sign(&claims(&record)).await.map_err(|e| ApiError::unavailable(&e))?;
    let PermitRecord { permit_id, expires_at, .. } = record;
    Ok((StatusCode::CREATED, Json(PermitAnswer { permit, permit_id, expires_at })))
}

/// Stores a permit and publishes that it was issued.
async fn record(
    api: &Api,
    principal: &Principal,
    id: &str,
    request: &PermitRequest,
) -> Result<PermitRecord, Failure> {
    let permit_id = uuid::Uuid::new_v4().to_string();
    let flow = &api.flow;
    let mut attempts = Attempts::default();
    loop {
        let now = (flow.clock)();
        let (state, record) = permitted(api, principal, id, &permit_id, request, now).await?;
        let issued = PermitIssued {
            revision: record.revision,
            permit_id: record.permit_id.clone(),
            content_hash: record.content_hash.clone(),
            account: record.account.clone(),
            expires_at: record.expires_at,
        };
        let emit = Emit::new(flow.function, now, &state.head.value.engagement_id)
            .traced(headgate_http::traceparent());
        let out = emit.by(principal.actor()).event((id, record.revision), &permit_id, issued)?;
        // The head is written too: a revision that comes in between is a conflict.
        let head = state.head;
        let listing = Listing::change(head.value.created_at, id);
        let transition = Transition::new()
            .create(&Key::permit(id, &permit_id), &record)?
            .put(&Key::change(id), &head.value, Some(head.version), Some(&listing))?
            .publishing(out)
            .marked(Key::marker(GATE, &permit_id), now);
        match flow.apply(&transition).await? {
            Commit::Applied | Commit::Duplicate => return Ok(record),
            Commit::Conflict => attempts.again().await?,
        }
    }
}

/// The permit, if the change stands approved with exactly this content and plan.
async fn permitted(
    api: &Api,
    principal: &Principal,
    id: &str,
    permit_id: &str,
    request: &PermitRequest,
    now: Timestamp,
) -> Result<(State, PermitRecord), Failure> {
    let ledger = &api.flow.ledger;
    let refuse = |code: &str, message: &str| Err(Failure::Said(ApiError::conflict(code, message)));
    let state = State::read(ledger, id, request.revision).await?;
    let review = ledger.get::<Report>(&Key::review(id, request.revision)).await?;
    let revision = ledger.get::<Revision>(&Key::revision(id, request.revision)).await?;
    let (Some(state), Some(review), Some(revision)) = (state, review, revision) else {
        return Err(Failure::Said(ApiError::not_found("approval of that change and revision")));
    };
    let (head, approval, review) = (&state.head.value, &state.approval.value, &review.value);
    if state.superseded() {
        return refuse("revision_superseded", "a newer revision has made this approval void");
    }
    if head.status != Status::Approved {
        let status = head.status.name();
        return refuse("not_approved", &format!("the change is {status}, not approved"));
    }
    // Three places must agree: what was reviewed, what was decided on, what is about to be applied.
    let hashes = [&review.content_hash, &approval.content_hash, &request.content_hash];
    if hashes.iter().any(|h| **h != review.content_hash) {
        return refuse("content_hash_mismatch", "this is not the content that was approved");
    }
    if request.plan_hash != review.plan_hash {
        return refuse(
            "plan_hash_mismatch",
            "the plan that is about to be applied does something else than the approved one",
        );
    }
    let proposed = revision.value.proposed;
    let record = PermitRecord {
        permit_id: permit_id.to_owned(),
        change_id: id.to_owned(),
        revision: request.revision,
        content_hash: review.content_hash.clone(),
        plan_hash: review.plan_hash.clone(),
        account: proposed.account,
        region: proposed.region,
        issued_to: principal.id.clone(),
        expires_at: now + SignedDuration::from_secs(LIFETIME_SECONDS),
        used_at: None,
    };
    Ok((state, record))
}

fn claims(record: &PermitRecord) -> PermitClaims {
    PermitClaims {
        iss: "headgate".to_owned(),
        sub: record.issued_to.clone(),
        jti: record.permit_id.clone(),
        iat: record.expires_at.as_second() - LIFETIME_SECONDS,
        exp: record.expires_at.as_second(),
        change_id: record.change_id.clone(),
        revision: record.revision,
        content_hash: record.content_hash.clone(),
        plan_hash: record.plan_hash.clone(),
        account: record.account.clone(),
        region: record.region.clone(),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UseRequest {
    /// The account that the executor is about to change.
    account: String,
    /// Hash of the plan that it is about to apply.
    plan_hash: String,
}

/// Uses a permit up, right before the apply. The second use is refused.
pub(super) async fn redeem(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path((id, permit)): Path<(String, String)>,
    Json(request): Json<UseRequest>,
) -> Result<Json<PermitRecord>, ApiError> {
    let key = Key::permit(&id, &permit);
    let behind = |e| ApiError::unavailable(&e);
    let ledger = &api.flow.ledger;
    let Some(stored) = ledger.get::<PermitRecord>(&key).await.map_err(behind)? else {
        return Err(ApiError::not_found("permit"));
    };
    let now = (api.flow.clock)();
    let mut record = stored.value;
    let conflict = |code, message: &str| Err(ApiError::conflict(code, message));
    if record.issued_to != principal.id {
        return Err(ApiError::forbidden("permit_not_yours", "the permit was issued to another"));
    }
    if record.used_at.is_some() {
        return conflict("permit_used", "a permit is good for one apply; ask for a new one");
    }
    if now >= record.expires_at {
        return conflict("permit_expired", "the permit has expired; ask for a new one");
    }
    if request.account != record.account {
        return Err(ApiError::forbidden(
            "permit_account",
            format!("the permit is for account {}, not {}", record.account, request.account),
        ));
    }
    if request.plan_hash != record.plan_hash {
        return conflict("plan_hash_mismatch", "the permit is for another plan");
    }
    let state = State::read(ledger, &id, record.revision).await.map_err(behind)?;
    let Some(State { head, .. }) = state.filter(|s| !s.superseded()) else {
        return conflict("revision_superseded", "a newer revision has made this permit void");
    };
    record.used_at = Some(now);
    let listing = Listing::change(head.value.created_at, &id);
    let used = Transition::new()
        .put(&key, &record, Some(stored.version), None)
        .and_then(|t| t.put(&Key::change(&id), &head.value, Some(head.version), Some(&listing)))
        .map_err(behind)?;
    match ledger.commit(&used).await.map_err(behind)? {
        Commit::Applied => Ok(Json(record)),
        Commit::Duplicate | Commit::Conflict => {
            conflict("permit_contended", "something changed meanwhile; look again")
        }
    }
}
