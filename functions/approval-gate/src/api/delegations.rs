//! `/v1/delegations`: who may vote in whose roles, and until when.

use axum::extract::{Path, State as Deps};
use axum::http::StatusCode;
use headgate_domain::approval::Delegation;
use headgate_events::latest::DelegationChanged;
use headgate_events::{Payload as _, event_id};
use headgate_flow::{Attempts, Emit};
use headgate_http::{ApiError, Authenticated, Json, Principal};
use headgate_ledger::{Commit, Key, Transition};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Api, Failure};
use crate::GATE;

/// Engagement of what is about no change. No engagement of anybody's can have a dot in its id.
const TIMELINE: &str = "headgate.delegations";

/// Who may end what others delegated.
const OPERATOR: &str = "operator";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    to: String,
    roles: Vec<String>,
    #[serde(default)]
    environments: Vec<String>,
    until: Timestamp,
    reason: String,
}

#[derive(Serialize)]
pub(super) struct Known {
    /// By the caller, newest first.
    given: Vec<Delegation>,
    /// To the caller.
    received: Vec<Delegation>,
}

pub(super) async fn create(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Json(request): Json<Request>,
) -> Result<(StatusCode, Json<Delegation>), ApiError> {
    principal.require_human()?;
    let made = make(&api, &principal, request).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

async fn make(api: &Api, principal: &Principal, request: Request) -> Result<Delegation, Failure> {
    let Request { to, roles, environments, until, reason } = request;
    if let Some(unknown) = environments.iter().find(|e| api.environments.get(e).is_none()) {
        let message =
            format!("environment `{unknown}` is unknown; known: {}", api.environments.names());
        return Err(Failure::Said(ApiError::bad_request("environment_unknown", message)));
    }
    let delegation = Delegation {
        id: Uuid::new_v4().to_string(),
        from: principal.id.clone(),
        to,
        roles,
        environments,
        reason,
        created_at: (api.flow.clock)(),
        until,
        revoked_at: None,
    };
    delegation
        .check(&principal.roles)
        .map_err(|e| Failure::Said(ApiError::bad_request(e.code(), e.to_string())))?;
    let transition = Transition::new().delegation(&delegation, None)?;
    api.flow.apply(&recorded(api, principal, &delegation, transition)?).await?;
    Ok(delegation)
}

/// The transition, and that it is on record.
fn recorded(
    api: &Api,
    principal: &Principal,
    delegation: &Delegation,
    transition: Transition,
) -> Result<Transition, Failure> {
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
    let emit = Emit::new(api.flow.function, now, TIMELINE).by(principal.actor());
    let out = emit.traced(headgate_http::traceparent()).event((id, 1), what, changed)?;
    let marker = Key::marker(GATE, &event_id(DelegationChanged::TYPE, id, 1, what));
    Ok(transition.publishing(out).marked(marker, now))
}

pub(super) async fn list(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
) -> Result<Json<Known>, ApiError> {
    let known = async {
        let ledger = &api.flow.ledger;
        let given = ledger.delegations_by(&principal.id).await?.items;
        let received = ledger.delegations_to(&principal.id).await?;
        let values = |all: Vec<headgate_ledger::Stored<Delegation>>| {
            all.into_iter().map(|d| d.value).collect::<Vec<_>>()
        };
        Ok::<_, Failure>(Known { given: values(given), received: values(received) })
    };
    Ok(Json(known.await?))
}

pub(super) async fn revoke(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path(id): Path<String>,
) -> Result<Json<Delegation>, ApiError> {
    principal.require_human()?;
    Ok(Json(end(&api, &principal, &id).await?))
}

/// Ends a delegation; to end it again changes nothing. Votes that were cast under it stand: whoever cast them,
/// or in whose stead they were cast, withdraws them.
async fn end(api: &Api, principal: &Principal, id: &str) -> Result<Delegation, Failure> {
    let mut attempts = Attempts::default();
    loop {
        let known = api.flow.ledger.get::<Delegation>(&Key::delegation(id)).await?;
        let Some(known) = known else {
            return Err(Failure::Said(ApiError::not_found("delegation")));
        };
        let mut delegation = known.value;
        let concerned = [&delegation.from, &delegation.to].contains(&&principal.id);
        if !concerned {
            principal.require(OPERATOR).map_err(Failure::Said)?;
        }
        if delegation.revoked_at.is_some() {
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
