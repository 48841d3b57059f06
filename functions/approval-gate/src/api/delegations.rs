//! `/v1/delegations`: who may vote in whose roles, and until when.

use axum::extract::{Path, State as Deps};
use axum::http::StatusCode;
use headgate_domain::approval::Delegation;
use headgate_http::{ApiError, Authenticated, Json, Principal};
use headgate_ledger::{Commit, Key, Transition};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Api, Failure};

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
    /// To the caller, those that have not ended.
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
    api.flow.ledger.commit(&Transition::new().delegation(&delegation, None)?).await?;
    tracing::info!(delegation.id, delegation.until = %delegation.until, "delegated");
    Ok(delegation)
}

pub(super) async fn list(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
) -> Result<Json<Known>, ApiError> {
    let known = async {
        let ledger = &api.flow.ledger;
        let given = ledger.delegations_by(&principal.id).await?.items;
        let received = ledger.delegations_to(&principal.id, (api.flow.clock)()).await?;
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

/// Ends a delegation; to end it again changes nothing. Votes that were cast under it stand: whoever wants
/// them back withdraws them.
async fn end(api: &Api, principal: &Principal, id: &str) -> Result<Delegation, Failure> {
    let ledger = &api.flow.ledger;
    let Some(known) = ledger.get::<Delegation>(&Key::delegation(id)).await? else {
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
    if ledger.commit(&transition).await? != Commit::Applied {
        // Only another revocation writes here.
        tracing::info!(delegation.id = id, "revoked by another at the same time");
    }
    Ok(delegation)
}
