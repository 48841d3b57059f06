//! Engagements: creating one, and whether one exists.

use axum::extract::State;
use axum::http::StatusCode;
use headgate_api_types::engagements::EngageRequest;
use headgate_domain::ids;
use headgate_domain::records::Engagement;
use headgate_events::{EngagementId, Reason};
use headgate_http::{ApiError, Authenticated, Json};
use headgate_ledger::{Commit, Key, Ledger, LedgerError, Transition};

use crate::deps::Api;
use crate::oversized::not_stored;
use crate::roles::PROPOSER;

/// The reason to refuse a proposal because its engagement does not exist, if so. An id that is no id has other reasons.
///
/// # Errors
/// [`LedgerError`].
pub(crate) async fn unknown_engagement(
    ledger: &Ledger,
    id: &EngagementId,
) -> Result<Option<Reason>, LedgerError> {
    if !ids::is_valid(id.as_str())
        || ledger.get::<Engagement>(&Key::engagement(id)).await?.is_some()
    {
        return Ok(None);
    }
    let message = format!(
        "there is no engagement `{id}`; a person must create it first, with `headgate engagement create {id}`"
    );
    Ok(Some(Reason::new("engagement_unknown", message)))
}

/// Creates an engagement. Its id belongs to the person who created it first.
pub(crate) async fn engage(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Json(request): Json<EngageRequest>,
) -> Result<(StatusCode, Json<Engagement>), ApiError> {
    principal.require_human()?;
    principal.require(PROPOSER)?;
    let EngageRequest { engagement_id, goal, acceptance_criteria, environment } = request;
    if !ids::is_valid(engagement_id.as_str()) {
        return Err(ApiError::bad_request(
            "id_invalid",
            "the engagement id must be 1 to 64 characters of a-z, 0-9 and -, and begin with a letter or digit",
        ));
    }
    if api.environments.get(&environment).is_none() {
        let known = api.environments.names();
        let message = format!("this fleet has no environment `{environment}`; use one of: {known}");
        return Err(ApiError::bad_request("environment_unknown", message));
    }
    let engagement = Engagement {
        engagement_id,
        goal,
        owner: principal.id,
        acceptance_criteria,
        environment,
        created_at: (api.flow.clock)(),
    };
    let key = Key::engagement(&engagement.engagement_id);
    let create = Transition::new().create(&key, &engagement)?;
    match api.flow.ledger.commit(&create).await.map_err(not_stored)? {
        Commit::Applied => Ok((StatusCode::CREATED, Json(engagement))),
        Commit::Duplicate | Commit::Conflict => Err(ApiError::conflict(
            "engagement_exists",
            "an engagement with this id already exists; choose another id",
        )),
    }
}
