//! `/v1/delegations`: lets another person vote in your roles for a limited time.

use axum::extract::State as Deps;
use axum::http::StatusCode;
use headgate_api_types::delegations::DelegationRequest;
use headgate_domain::approval::Delegation;
use headgate_events::latest::DelegationChanged;
use headgate_events::{Payload as _, event_id};
use headgate_http::{ApiError, Authenticated, IdempotencyKey, Json, Path, Principal};
use headgate_ledger::{Commit, Key, Transition};
use headgate_outbox::{Attempts, Emit};

use crate::GATE;
use crate::deps::Api;
use crate::lost;

/// Engagement of delegation events, which belong to no change. The dot keeps it apart: ids of other
/// engagements cannot contain one.
const TIMELINE: &str = "headgate.delegations";

/// Role that may revoke delegations between other people.
pub(super) const OPERATOR: &str = "operator";

pub(super) async fn create(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    key: IdempotencyKey,
    Json(request): Json<DelegationRequest>,
) -> Result<(StatusCode, Json<Delegation>), ApiError> {
    principal.require_human()?;
    let made = make(&api, &principal, &key, request).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

async fn make(
    api: &Api,
    principal: &Principal,
    key: &IdempotencyKey,
    request: DelegationRequest,
) -> Result<Delegation, ApiError> {
    let DelegationRequest { to, roles, mut environments, until, reason } = request;
    // Each is served, so without copies they are few.
    environments.sort();
    environments.dedup();
    if let Some(unknown) = environments.iter().find(|e| api.served.environments.get(e).is_none()) {
        let message = format!(
            "this fleet has no environment `{unknown}`; use one of: {}",
            api.served.environments.names()
        );
        return Err(ApiError::bad_request("environment_unknown", message));
    }
    let delegation = Delegation {
        id: key.id(&["delegation", principal.id.as_str()]),
        from: principal.id.clone(),
        to,
        roles,
        environments,
        reason,
        created_at: (api.flow.clock)(),
        until,
        revoked_at: None,
    };
    let mut attempts = Attempts::default();
    loop {
        // First: what was accepted before may not be valid any more.
        if key.is_given()
            && let Some(earlier) = earlier(api, &delegation).await?
        {
            return Ok(earlier);
        }
        delegation
            .check(&principal.roles)
            .map_err(|e| ApiError::bad_request(e.code(), e.to_string()))?;
        lost::refuse(&api.flow.ledger, &delegation).await?;
        let transition = Transition::new().delegation(&delegation, None)?;
        match api.flow.apply(&recorded(api, principal, &delegation, transition)?).await? {
            Commit::Applied => return Ok(delegation),
            Commit::Duplicate | Commit::Conflict => attempts.again().await?,
        }
    }
}

/// The delegation that an earlier request with the same key made. Its event is published, if that request died before it could.
async fn earlier(api: &Api, wanted: &Delegation) -> Result<Option<Delegation>, ApiError> {
    let known = api.flow.ledger.get::<Delegation>(&Key::delegation(&wanted.id)).await?;
    let Some(known) = known.map(|known| known.value) else { return Ok(None) };
    let request = |d: &Delegation| Delegation {
        created_at: wanted.created_at,
        revoked_at: None,
        ..d.clone()
    };
    if request(&known) != *wanted {
        return Err(IdempotencyKey::reused());
    }
    api.flow.heal(&marker(&wanted.id, "made")).await?;
    Ok(Some(known))
}

/// Adds the event that records the delegation or its revocation to the transition.
fn recorded(
    api: &Api,
    principal: &Principal,
    delegation: &Delegation,
    transition: Transition,
) -> Result<Transition, ApiError> {
    let Delegation { id, from, to, roles, environments, reason, until, revoked_at, .. } =
        delegation;
    let changed = DelegationChanged {
        from: from.clone(),
        to: to.clone(),
        roles: roles.clone(),
        environments: environments.clone(),
        until: *until,
        revoked_at: *revoked_at,
        reason: reason.clone(),
    };
    let what = if revoked_at.is_some() { "revoked" } else { "made" };
    let now = (api.flow.clock)();
    let emit = Emit::new(api.flow.function, now, &TIMELINE.into()).by(principal.actor());
    let out = emit.traced(headgate_http::traceparent()).event((id, 1), what, changed)?;
    Ok(transition.publishing(out).marked(marker(id, what), now))
}

fn marker(id: &str, what: &str) -> Key {
    Key::marker(GATE, &event_id(DelegationChanged::TYPE, id, 1, what))
}

pub(super) async fn revoke(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path(id): Path<String>,
) -> Result<Json<Delegation>, ApiError> {
    principal.require_human()?;
    let known = api.flow.ledger.get::<Delegation>(&Key::delegation(&id)).await?;
    let Some(Delegation { from, to, .. }) = known.map(|known| known.value) else {
        return Err(ApiError::not_found("delegation"));
    };
    if ![from, to].contains(&principal.id) {
        principal.require(OPERATOR)?;
    }
    Ok(Json(end(&api, &principal, &id).await?))
}

/// Revokes a delegation. Revoking it again changes nothing. Votes cast under it still count; the delegate and
/// the delegator can withdraw them. The caller checks who asks.
pub(super) async fn end(
    api: &Api,
    principal: &Principal,
    id: &str,
) -> Result<Delegation, ApiError> {
    let mut attempts = Attempts::default();
    loop {
        let known = api.flow.ledger.get::<Delegation>(&Key::delegation(id)).await?;
        let Some(known) = known else {
            return Err(ApiError::not_found("delegation"));
        };
        let mut delegation = known.value;
        if delegation.revoked_at.is_some() {
            // The first request may have died before it published the revocation.
            api.flow.heal(&marker(id, "revoked")).await?;
            return Ok(delegation);
        }
        delegation.revoked_at = Some((api.flow.clock)());
        let transition = Transition::new().delegation(&delegation, Some(known.version))?;
        match api.flow.apply(&recorded(api, principal, &delegation, transition)?).await? {
            Commit::Applied => return Ok(delegation),
            Commit::Duplicate | Commit::Conflict => attempts.again().await?,
        }
    }
}
