//! `POST /v1/changes/{id}/permits`: issues a permit to apply an approved change.

use axum::extract::State as Deps;
use axum::http::StatusCode;
use headgate_api_types::permits::{Permit, PermitRequest};
use headgate_domain::change::Status;
use headgate_domain::content::{file_list, plan_file};
use headgate_domain::records::{PermitRecord, Revision};
use headgate_events::latest::PermitIssued;
use headgate_events::{Artifact, ChangeId, Lane, RevisionRef};
use headgate_http::{ApiError, Authenticated, IdempotencyKey, Json, Path, Principal};
use headgate_ledger::{ApprovalState, Commit, Key, Listing, Transition};
use headgate_outbox::{Attempts, Emit};
use headgate_permit_tokens::{KeyRing, PermitClaims};
use headgate_review::Report;
use jiff::{SignedDuration, Timestamp};

use super::refused::on_record;
use crate::PERMITS;
use crate::checks::{EXECUTOR, conflict, decided, same_file};
use crate::deps::Api;
use crate::vend::policies;

pub(super) async fn issue(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path(id): Path<ChangeId>,
    key: IdempotencyKey,
    Json(request): Json<PermitRequest>,
) -> Result<(StatusCode, Json<Permit>), ApiError> {
    principal.require(EXECUTOR)?;
    // Load the keys first: a permit that cannot be signed must not be recorded as issued.
    let ring = api.keys.ring((api.flow.clock)()).await?;
    ring.check()?;
    let issued = record(&api, &ring, &principal, (&id, &key), &request).await;
    let about = RevisionRef { change: &id, revision: request.revision };
    let (record, permit) = on_record(&api, &principal, about, issued).await?;
    let environment = api.served.environments.get(&record.environment);
    let gives_credentials = environment.is_some_and(|e| e.access.is_some());
    let PermitRecord { permit_id, expires_at, .. } = record;
    Ok((StatusCode::CREATED, Json(Permit { permit, permit_id, expires_at, gives_credentials })))
}

/// Signs and stores a permit, and publishes `permit.issued`.
async fn record(
    api: &Api,
    ring: &KeyRing,
    principal: &Principal,
    (id, key): (&ChangeId, &IdempotencyKey),
    request: &PermitRequest,
) -> Result<(PermitRecord, String), ApiError> {
    let sign = async |record: &PermitRecord| {
        let issued_at = record.expires_at.as_second() - api.permit_seconds;
        let unsigned = ring.permit(&issued_claims(record, issued_at))?;
        Ok::<_, ApiError>(api.keys.sign(unsigned).await?)
    };
    let permit_id = key.id(&["permit", principal.id.as_str(), id.as_str()]);
    let flow = &api.flow;
    let mut attempts = Attempts::default();
    loop {
        if key.is_given()
            && let Some(record) = earlier(api, id, &permit_id, request).await?
        {
            let permit = sign(&record).await?;
            return Ok((record, permit));
        }
        let now = (flow.clock)();
        let (state, record) = permitted(api, principal, id, &permit_id, request, now).await?;
        let permit = sign(&record).await?;
        let issued = PermitIssued {
            revision: record.revision,
            permit_id: record.permit_id.clone(),
            content_hash: record.content_hash.clone(),
            account: record.account.clone(),
            expires_at: record.expires_at,
        };
        let emit = Emit::new(flow.function, now, &state.head.value.engagement_id)
            .traced(headgate_http::traceparent());
        let out =
            emit.by(principal.actor()).event((id.as_str(), record.revision), &permit_id, issued)?;
        // Write the head too, so that a new revision in between causes a conflict.
        let head = state.head;
        let listing = Listing::change(head.value.created_at, id);
        let transition = Transition::new()
            .create(&Key::permit(id, &permit_id), &record)?
            .put(&Key::change(id), &head.value, Some(head.version), Some(&listing))?
            .publishing(out)
            .marked(Key::marker(PERMITS, &permit_id), now);
        match flow.apply(&transition).await? {
            Commit::Applied => return Ok((record, permit)),
            Commit::Duplicate | Commit::Conflict => attempts.again().await?,
        }
    }
}

/// The permit that an earlier request with the same key created. Its event is published, if that request died before it could.
async fn earlier(
    api: &Api,
    id: &ChangeId,
    permit_id: &str,
    request: &PermitRequest,
) -> Result<Option<PermitRecord>, ApiError> {
    let ledger = &api.flow.ledger;
    let Some(known) = ledger.get::<PermitRecord>(&Key::permit(id, permit_id)).await? else {
        return Ok(None);
    };
    let known = known.value;
    let same = known.revision == request.revision
        && known.content_hash == request.content_hash
        && known.plan_hash == request.plan_hash;
    if !same {
        return Err(IdempotencyKey::reused());
    }
    same_file(known.plan_file_sha256.as_deref(), request.plan_file_sha256.as_deref())?;
    api.flow.heal(&Key::marker(PERMITS, permit_id)).await?;
    if known.used_at.is_some() {
        return conflict(
            "permit_used",
            "the permit of this Idempotency-Key has been used; use a new key",
        );
    }
    if (api.flow.clock)() >= known.expires_at {
        return conflict(
            "permit_expired",
            "the permit of this Idempotency-Key has expired; use a new key",
        );
    }
    Ok(Some(known))
}

/// The permit to issue, if exactly this content and plan are approved.
async fn permitted(
    api: &Api,
    principal: &Principal,
    id: &ChangeId,
    permit_id: &str,
    request: &PermitRequest,
    now: Timestamp,
) -> Result<(ApprovalState, PermitRecord), ApiError> {
    let ledger = &api.flow.ledger;
    let state = ledger.approval_state(id, request.revision).await?;
    let review = ledger.get::<Report>(&Key::review(id, request.revision)).await?;
    let revision = ledger.get::<Revision>(&Key::revision(id, request.revision)).await?;
    let (Some(state), Some(review), Some(revision)) = (state, review, revision) else {
        return Err(ApiError::not_found("approval; check the change and the revision"));
    };
    let (head, approval, review) = (&state.head.value, &state.approval.value, &review.value);
    if state.superseded() {
        return conflict(
            "revision_superseded",
            "a newer revision supersedes this one; use the newest revision",
        );
    }
    if head.status != Status::Approved {
        let status = head.status.name();
        return conflict("not_approved", format!("the change is {status}, not approved"));
    }
    if request.content_hash != review.content_hash {
        return conflict(
            "content_hash_mismatch",
            "this content is not the approved content; propose it as a new revision",
        );
    }
    if request.plan_hash != review.plan_hash {
        return conflict(
            "plan_hash_mismatch",
            "this plan is not the approved plan; propose it as a new revision",
        );
    }
    let proposed = &revision.value.proposed;
    if head.lane != Lane::Execute {
        return conflict(
            "lane_forbids",
            "only a change in the execute lane may be applied; propose a revision in that lane",
        );
    }
    let sha256 = |artifact: &Artifact| artifact.sha256.clone();
    let file = plan_file(&proposed.dossier).map(sha256);
    same_file(file.as_deref(), request.plan_file_sha256.as_deref())?;
    let environment = api
        .served
        .may_apply(review, &head.environment, now)
        .or_else(|v| conflict(v.code, v.message))?;
    policies(environment, review)?;
    decided(head, &revision.value, review, approval)?;
    let record = PermitRecord {
        plan_file_sha256: file,
        files_sha256: file_list(&proposed.dossier).map(sha256),
        permit_id: permit_id.to_owned(),
        change_id: id.to_owned(),
        revision: request.revision,
        content_hash: review.content_hash.clone(),
        plan_hash: review.plan_hash.clone(),
        account: proposed.account.clone(),
        region: proposed.region.clone(),
        environment: head.environment.clone(),
        issued_to: principal.id.clone(),
        expires_at: now + SignedDuration::from_secs(api.permit_seconds),
        used_at: None,
        reported_at: None,
        released_by: None,
    };
    Ok((state, record))
}

/// What the permit of a record says. Only changes in the execute lane get one.
pub(super) fn issued_claims(record: &PermitRecord, issued_at: i64) -> PermitClaims {
    PermitClaims {
        iss: "headgate".to_owned(),
        sub: record.issued_to.clone(),
        jti: record.permit_id.clone(),
        iat: issued_at,
        exp: record.expires_at.as_second(),
        change_id: record.change_id.clone(),
        revision: record.revision,
        content_hash: record.content_hash.clone(),
        plan_hash: record.plan_hash.clone(),
        plan_file_sha256: record.plan_file_sha256.clone().unwrap_or_default(),
        files_sha256: record.files_sha256.clone(),
        account: record.account.clone(),
        region: record.region.clone(),
        environment: record.environment.clone(),
        lane: Lane::Execute.name().to_owned(),
    }
}
