//! Identifies the proposer of a change.

use headgate_events::latest::ChangeProposed;
use headgate_events::{Actor, ActorKind, Event, PrincipalId, Reason};

use crate::config::{Agents, Registered};

/// Source of proposals that came over HTTP. Only the role of `intake-api` may use it.
const API: &str = "headgate.intake-api";
/// Prefix of the sources that agents use on the bus.
const AGENT: &str = "agent.";

/// The verified proposer and the ids of everybody who may not decide on the proposal, or the reason to refuse
/// it.
pub(crate) fn proposer(
    sender: &str,
    event: &Event<ChangeProposed>,
    agents: &Agents,
) -> Result<(Actor, Vec<PrincipalId>), Reason> {
    let declared = event.data.agent.as_ref();
    let actor = if sender == API {
        // The API wrote the envelope from a verified token.
        event.actor()
    } else if let Some(id) = sender.strip_prefix(AGENT) {
        let Some(Registered { human_owner: owner, .. }) = agents.0.get(id) else {
            return Err(Reason::new(
                "agent_unknown",
                format!("agent `{id}` is not registered here; add it to the fleet's agents"),
            ));
        };
        Actor { kind: ActorKind::Agent, id: id.into(), on_behalf_of: Some(owner.clone()) }
    } else {
        return Err(Reason::new(
            "sender_unknown",
            format!("source `{sender}` may not propose; agents send as `agent.<id>`"),
        ));
    };
    let says = declared.map(|a| a.id.as_str());
    if actor.kind == ActorKind::Agent && says != Some(actor.id.as_str()) {
        let id = &actor.id;
        let message = match says {
            Some(other) => format!(
                "`{id}` proposed in the name of `{other}`; an agent may only propose in its own name"
            ),
            None => format!("`{id}` sent a proposal without `agent.id`; set it to `{id}`"),
        };
        return Err(Reason::new("identity_mismatch", message));
    }
    let registered = agents.0.get(actor.id.as_str());
    let model = declared.map(|a| a.model.as_str()).unwrap_or_default();
    // A model must not use a standing that another model has earned.
    if let Some(models) = registered.and_then(|r| r.models.as_ref())
        && !models.iter().any(|m| m == model)
    {
        let known = models.join(", ");
        let message = format!(
            "agent `{}` may not use the model `{model}`; its models are: {known}",
            actor.id
        );
        return Err(Reason::new("model_unknown", message));
    }
    let mut barred = vec![actor.id.clone()];
    // Always bar the registered owner of an agent, whatever the token or the proposal says.
    barred.extend(registered.map(|r| r.human_owner.clone()));
    barred.extend(actor.on_behalf_of.clone());
    barred.extend(declared.map(|a| a.id.clone()));
    barred.extend(declared.and_then(|a| a.human_owner.clone()));
    barred.sort();
    barred.dedup();
    Ok((actor, barred))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn event(actor: &str, kind: ActorKind, owner: Option<&str>) -> Event<ChangeProposed> {
        let fixture = include_str!("../../../events/fixtures/change.proposed.v2.json");
        let mut event: Event<ChangeProposed> = serde_json::from_str(fixture).unwrap();
        event.actorid = actor.into();
        event.actorkind = kind;
        event.onbehalfof = owner.map(PrincipalId::from);
        event
    }

    fn agents() -> Agents {
        r#"{"terraform-bot": {"human_owner": "dana"}}"#.parse().unwrap()
    }

    #[test]
    fn an_agent_runs_with_the_models_that_are_on_record() {
        let agents: Agents =
            r#"{"terraform-bot": {"human_owner": "dana", "models": ["nova", "small"]}}"#
                .parse()
                .unwrap();
        let mut event = event("terraform-bot", ActorKind::Agent, None);
        for sender in ["agent.terraform-bot", "headgate.intake-api"] {
            event.data.agent.as_mut().unwrap().model = "small".to_owned();
            proposer(sender, &event, &agents).unwrap();
            event.data.agent.as_mut().unwrap().model = "Small".to_owned();
            let refused = proposer(sender, &event, &agents).unwrap_err();
            assert_eq!(refused.code, "model_unknown");
            let said =
                "agent `terraform-bot` may not use the model `Small`; its models are: nova, small";
            assert_eq!(refused.message, said);
        }
    }

    #[test]
    fn on_the_bus_the_sender_is_the_proposer() {
        // The envelope names somebody else; the entry's source decides.
        let event = event("alice", ActorKind::Human, None);
        let (actor, barred) = proposer("agent.terraform-bot", &event, &agents()).unwrap();
        assert_eq!((actor.kind, actor.id.as_str()), (ActorKind::Agent, "terraform-bot"));
        assert_eq!(actor.on_behalf_of, Some("dana".into()));
        assert_eq!(barred, ["dana", "terraform-bot"]);
    }

    #[test]
    fn a_proposal_cannot_move_the_bar_to_another_owner() {
        let mut event = event("terraform-bot", ActorKind::Agent, Some("mallory"));
        event.data.agent.as_mut().unwrap().human_owner = Some("eve".into());
        for sender in ["agent.terraform-bot", "headgate.intake-api"] {
            let (_, barred) = proposer(sender, &event, &agents()).unwrap();
            assert!(barred.contains(&"dana".into()), "{sender}: {barred:?}");
            assert!(barred.contains(&"eve".into()), "{sender}: {barred:?}");
        }
    }

    #[test]
    fn over_http_a_person_proposes_in_their_own_name() {
        let mut event = event("erin", ActorKind::Human, None);
        event.data.agent = None;
        let (actor, barred) = proposer("headgate.intake-api", &event, &agents()).unwrap();
        assert_eq!((actor.id.as_str(), barred), ("erin", vec!["erin".into()]));
    }

    #[test]
    fn nobody_else_proposes() {
        let code = |sender: &str, actor: &str| {
            let event = event(actor, ActorKind::Agent, None);
            proposer(sender, &event, &agents()).unwrap_err().code
        };
        assert_eq!(code("agent.stranger", "stranger"), "agent_unknown");
        assert_eq!(code("headgate.pm-review", "terraform-bot"), "sender_unknown");
        assert_eq!(code("headgate.intake-api", "other-bot"), "identity_mismatch");
    }
}
