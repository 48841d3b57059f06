//! `POST /v1/engagements`: creates an engagement, and begins its first phase.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::StatusCode;
use headgate_api_types::engagements::{EngageRequest, Engagement};
use headgate_domain::environment::Environment;
use headgate_engagements::{CHANGE_ONLY, Course, Phase};
use headgate_events::Reason;
use headgate_http::{ApiError, Authenticated, Json};
use headgate_ledger::{Commit, Key, Transition};
use headgate_outbox::{Emit, not_accepted};

use super::document;
use crate::deps::Api;
use crate::store::created;

/// Role that lets people create engagements.
const PROPOSER: &str = "proposer";

/// Creates an engagement. Its id belongs to the person who created it first.
pub(super) async fn create(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Json(request): Json<EngageRequest>,
) -> Result<(StatusCode, Json<Engagement>), ApiError> {
    principal.require_human()?;
    principal.require(PROPOSER)?;
    if let Some(named) = &request.document {
        document::check(&api, &principal, named).await?;
    }
    let now = (api.flow.clock)();
    let mut engagement = Engagement {
        engagement_id: request.engagement_id,
        kind: request.kind.unwrap_or_else(|| CHANGE_ONLY.to_owned()),
        goal: request.goal,
        owner: principal.id.clone(),
        acceptance_criteria: request.acceptance_criteria,
        environment: request.environment,
        // Names are compared without regard to case, but folders of uploads have the spelling of the token.
        members: request
            .members
            .into_iter()
            .map(|(role, who)| {
                (role, if who.is(&principal.id) { principal.id.clone() } else { who })
            })
            .collect(),
        readers: request.readers,
        scope: request.scope,
        document: request.document,
        created_at: now,
    };
    let refuse = |Reason { code, message }: Reason| ApiError::bad_request(&code, message);
    engagement.check().map_err(refuse)?;
    let phases = agreed(&api, &engagement).map_err(refuse)?;
    responsible(&api, &mut engagement);
    let mut transition = Transition::new().engagement(&engagement)?;
    if let Some((course, notes)) = Course::begin(&engagement, phases, now) {
        let id = &engagement.engagement_id;
        let emit = Emit::new(api.flow.function, now, id);
        let emit = emit.by(principal.actor()).traced(headgate_http::traceparent());
        let marker = Key::marker(api.flow.function.as_str(), &format!("{id}#1"));
        transition = created(transition, &course, &notes, &emit)?.marked(marker, now);
    }
    match api.flow.apply(&transition).await.map_err(not_accepted)? {
        Commit::Applied => Ok((StatusCode::CREATED, Json(engagement))),
        Commit::Duplicate | Commit::Conflict => Err(ApiError::conflict(
            "engagement_exists",
            "an engagement with this id already exists; choose another id",
        )),
    }
}

/// Checks environment, type and members. Returns the phases of the type.
fn agreed<'a>(api: &'a Api, engagement: &Engagement) -> Result<&'a [Phase], Reason> {
    let Engagement { kind, environment, members, owner, .. } = engagement;
    if api.environments.get(environment).is_none() {
        let known = api.environments.names();
        let message = format!("this fleet has no environment `{environment}`; use one of: {known}");
        return Err(Reason::new("environment_unknown", message));
    }
    let production = api.environments.get(environment).is_some_and(Environment::is_production);
    let Some(phases) = api.kinds.phases(kind) else {
        let known = api.kinds.names();
        let message = format!("this fleet has no engagement type `{kind}`; use one of: {known}");
        return Err(Reason::new("type_unknown", message));
    };
    let gates = phases.iter().filter_map(|phase| phase.gate.as_ref());
    if production && gates.into_iter().any(|gate| !gate.separation_of_duties) {
        let message = format!(
            "in `{environment}`, nobody may decide on their own work: set `separation_of_duties` of every gate of the type `{kind}`"
        );
        return Err(Reason::new("separation_of_duties", message));
    }
    let roles: BTreeSet<_> = phases.iter().flat_map(|phase| &phase.members).collect();
    if let Some(role) = members.keys().find(|role| !roles.contains(role)) {
        let message = format!(
            "no phase of the type `{kind}` has the role `{role}`; its roles are: {}",
            list(&roles)
        );
        return Err(Reason::new("role_unknown", message));
    }
    let missing: BTreeSet<_> =
        roles.into_iter().filter(|role| !members.contains_key(*role)).collect();
    if !missing.is_empty() {
        let message =
            format!("the type `{kind}` needs a member for each of these roles: {}", list(&missing));
        return Err(Reason::new("members_missing", message));
    }
    for member in members.values().filter(|member| !member.is(owner)) {
        api.agents.require(member.as_str())?;
    }
    Ok(phases)
}

/// Who answers for an agent reads what it works on.
fn responsible(api: &Api, engagement: &mut Engagement) {
    for member in engagement.members.clone().values() {
        if let Ok(registered) = api.agents.require(member.as_str())
            && !engagement.includes(&registered.human_owner)
        {
            engagement.readers.push(registered.human_owner.clone());
        }
    }
}

fn list(roles: &BTreeSet<&String>) -> String {
    match roles.iter().map(|role| role.as_str()).collect::<Vec<_>>() {
        roles if roles.is_empty() => "none".to_owned(),
        roles => roles.join(", "),
    }
}
