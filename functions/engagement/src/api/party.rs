//! Who somebody is in an engagement. It comes from the verified token, the engagement, and the registration of agents: from nothing that a
//! request says.

use headgate_api_types::engagements::Engagement;
use headgate_engagements::{Course, Phase};
use headgate_events::{Actor, ActorKind, PrincipalId, Reason};
use headgate_http::{ApiError, Principal};

use crate::deps::Api;

/// Role that may answer, resume, skip and cancel for every owner.
const OPERATOR: &str = "operator";

/// Somebody who works on a phase.
pub(super) struct Worker {
    /// As they are on the timeline.
    pub(super) actor: Actor,
    /// Everybody who has a part in the work: none of them may decide on it.
    pub(super) barred: Vec<PrincipalId>,
}

/// Checks that the caller works on a phase: they have one of its roles, or own the engagement.
pub(super) fn worker(
    api: &Api,
    principal: &Principal,
    engagement: &Engagement,
    phase: &Phase,
) -> Result<Worker, ApiError> {
    let actor = verified(api, principal)?;
    let takes_part = match principal.kind {
        ActorKind::Agent => {
            let mut roles = engagement.roles_of(&principal.id);
            roles.any(|role| phase.members.iter().any(|member| member == role))
        }
        // A member that is no agent is the owner.
        ActorKind::Human => engagement.owner.is(&principal.id),
        ActorKind::System => false,
    };
    if !takes_part {
        let message = format!(
            "`{}` has no role in phase `{}`; its roles are: {}",
            principal.id,
            phase.id,
            phase.members.join(", ")
        );
        return Err(ApiError::forbidden("not_a_member", message));
    }
    let mut barred = part_takers(api, engagement, phase);
    barred.extend([actor.id.clone()].into_iter().chain(actor.on_behalf_of.clone()));
    Ok(Worker { actor, barred })
}

/// Everybody who has a role in a phase, and everybody who owns an agent that has.
fn part_takers(api: &Api, engagement: &Engagement, phase: &Phase) -> Vec<PrincipalId> {
    let members = engagement.members.iter().filter(|(role, _)| phase.members.contains(role));
    let mut all = Vec::new();
    for (_, member) in members {
        all.push(member.clone());
        // An agent that was registered when the engagement began, and is not any more, has no owner.
        if let Ok(registered) = api.agents.require(member.as_str()) {
            all.push(registered.human_owner.clone());
        }
    }
    all
}

/// The caller as an actor. An agent's owner comes from its registration, whatever its token says.
fn verified(api: &Api, principal: &Principal) -> Result<Actor, ApiError> {
    if principal.kind != ActorKind::Agent {
        return Ok(principal.actor());
    }
    let registered = api.agents.require(principal.id.as_str());
    let registered =
        registered.map_err(|Reason { code, message }| ApiError::forbidden(&code, message))?;
    Ok(Actor { on_behalf_of: Some(registered.human_owner.clone()), ..principal.actor() })
}

/// Checks that the caller is the person who owns the engagement, or an operator.
pub(super) fn owner(principal: &Principal, engagement: &Engagement) -> Result<Actor, ApiError> {
    principal.require_human()?;
    if !engagement.owner.is(&principal.id) {
        principal.require(OPERATOR)?;
    }
    Ok(principal.actor())
}

/// The role of the agent that keeps the task ledger.
const PM: &str = "pm";

/// Checks that the caller keeps the task ledger: the agent with the role `pm`, the owner, or an operator.
pub(super) fn keeper(
    api: &Api,
    principal: &Principal,
    engagement: &Engagement,
) -> Result<Actor, ApiError> {
    let is_pm = |engagement: &Engagement| engagement.roles_of(&principal.id).any(|role| role == PM);
    party(api, principal, engagement, is_pm)
}

/// Checks that the caller takes part in the engagement: an agent with any role, the owner, or an operator.
pub(super) fn member(
    api: &Api,
    principal: &Principal,
    engagement: &Engagement,
) -> Result<Actor, ApiError> {
    let has_role = |engagement: &Engagement| engagement.roles_of(&principal.id).next().is_some();
    party(api, principal, engagement, has_role)
}

fn party(
    api: &Api,
    principal: &Principal,
    engagement: &Engagement,
    has_role: impl Fn(&Engagement) -> bool,
) -> Result<Actor, ApiError> {
    if principal.kind != ActorKind::Agent {
        return owner(principal, engagement);
    }
    if !has_role(engagement) {
        let message = format!(
            "`{}` does not have the role for this; the task ledger needs `{PM}`, messages need any role of the engagement",
            principal.id
        );
        return Err(ApiError::forbidden("not_a_member", message));
    }
    verified(api, principal)
}

/// Checks that the caller is the person who owns the engagement.
pub(super) fn only_owner(
    principal: &Principal,
    engagement: &Engagement,
) -> Result<Actor, ApiError> {
    principal.require_human()?;
    if !engagement.owner.is(&principal.id) {
        let message = format!("only {} can do this", engagement.owner);
        return Err(ApiError::forbidden("owner_required", message));
    }
    Ok(principal.actor())
}

/// Checks that the caller is an operator who may end the current phase without a result: if its gate separates duties, nobody who has a part
/// in the work, because what is skipped counts as done.
pub(super) fn skipper(
    api: &Api,
    principal: &Principal,
    engagement: &Engagement,
    course: &Course,
) -> Result<Actor, ApiError> {
    principal.require_human()?;
    principal.require(OPERATOR)?;
    let Some(phase) = course.phase() else { return Ok(principal.actor()) };
    let separate = phase.gate.as_ref().is_some_and(|gate| gate.separation_of_duties);
    let mut involved = part_takers(api, engagement, phase);
    involved.extend(course.workers.iter().cloned());
    if separate && involved.iter().any(|who| who.is(&principal.id)) {
        let message = "you have a part in the work of this phase, so somebody else has to skip it";
        return Err(ApiError::forbidden("separation_of_duties", message));
    }
    Ok(principal.actor())
}

/// A phase of the engagement. Whether it is the current one is for the command to say.
pub(super) fn phase(course: &Course, name: &str) -> Result<Phase, ApiError> {
    let phase = course.phases.iter().find(|phase| phase.id == name);
    phase.cloned().ok_or_else(|| ApiError::not_found("phase of this engagement"))
}
