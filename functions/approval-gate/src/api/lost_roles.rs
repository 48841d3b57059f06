//! `POST /v1/delegations/lost-roles`: a person lost roles, so what they delegated ends.

use axum::extract::State as Deps;
use headgate_api_types::delegations::LostRolesRequest;
use headgate_domain::approval::{LostRoles, MAX_NAME};
use headgate_domain::text::one_line;
use headgate_events::PrincipalId;
use headgate_http::{ApiError, Authenticated, Json};
use headgate_ledger::{Commit, Key, Stored, Transition};
use headgate_outbox::Attempts;

use super::delegations::{OPERATOR, end};
use crate::deps::Api;
use crate::lost::known;

/// Role of the identity provider's hook. It may be a program, because it can only take away.
const IDENTITY: &str = "identity";
/// Most roles in one request.
const MAX_ROLES: usize = 20;
/// Longest name of a role, in bytes.
const MAX_ROLE: usize = 100;
/// Longest reason that is stored, in bytes.
const MAX_REASON: usize = 1_000;

pub(super) async fn lose(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Json(request): Json<LostRolesRequest>,
) -> Result<Json<LostRoles>, ApiError> {
    if principal.require(IDENTITY).is_err() {
        principal.require_human()?;
        principal.require(OPERATOR)?;
    }
    let LostRolesRequest { person, roles, reason } = &request;
    let named = (1..=MAX_NAME).contains(&person.as_str().trim().len());
    let known = |role: &String| (1..=MAX_ROLE).contains(&role.len()) && role.trim() == role;
    let some = (1..=MAX_ROLES).contains(&roles.len()) && roles.iter().all(known);
    if !named || !some || reason.trim().is_empty() {
        let message = format!(
            "name the person, 1 to {MAX_ROLES} roles of up to {MAX_ROLE} characters, and the reason"
        );
        return Err(ApiError::bad_request("lost_roles_invalid", message));
    }
    let lost = recorded(&api, &principal.id, &request).await?;
    // What was just recorded ends them all. This puts it on the timeline, for those that the list has already.
    for delegation in api.flow.ledger.delegations_by(person).await?.items {
        let delegation = delegation.value;
        if delegation.revoked_at.is_none() && lost.ends(&delegation).is_some() {
            end(&api, &principal, &delegation.id).await?;
        }
    }
    tracing::info!(person = person.as_str(), by = principal.id.as_str(), ?roles, "roles lost");
    Ok(Json(lost))
}

async fn recorded(
    api: &Api,
    by: &PrincipalId,
    request: &LostRolesRequest,
) -> Result<LostRoles, ApiError> {
    let mut attempts = Attempts::default();
    loop {
        let (mut lost, version) = match known(&api.flow.ledger, &request.person).await? {
            Some(Stored { value, version, .. }) => (value, Some(version)),
            None => (LostRoles::none(&request.person), None),
        };
        lost.lose(&request.roles, (api.flow.clock)());
        lost.by = by.clone();
        lost.reason = one_line(&request.reason, MAX_REASON);
        let key = Key::lost_roles(&request.person);
        let transition = Transition::new().put(&key, &lost, version, None)?;
        if api.flow.ledger.commit(&transition).await? == Commit::Applied {
            return Ok(lost);
        }
        attempts.again().await?;
    }
}
