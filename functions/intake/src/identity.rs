//! Identifies the proposer of a change.

use headgate_events::latest::ChangeProposed;
use headgate_events::{Actor, ActorKind, Event, PrincipalId, Reason};

use crate::publish::SOURCE;
use headgate_domain::agents::{Agents, Registered};

/// Prefix of the sources that agents use on the bus.
const AGENT: &str = "agent.";

/// Who proposes, and who may not decide on the proposal.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Proposer {
    /// The verified proposer.
    pub(crate) actor: Actor,
    /// Person who is responsible for the change: the registered owner of the agent, or the person who proposes.
    pub(crate) owner: PrincipalId,
    /// Everybody who had a part in the proposal.
    pub(crate) barred: Vec<PrincipalId>,
}

impl Proposer {
    /// The verified principals who may revise the change later.
    pub(crate) fn names(&self) -> Vec<PrincipalId> {
        let mut names = vec![self.actor.id.clone(), self.owner.clone()];
        names.dedup();
        names
    }
}

/// The verified proposer, or the reason to refuse the proposal.
///
/// An agent's owner and models come from its registration, whatever the token or the proposal says.
pub(crate) fn proposer(
    sender: &str,
    event: &Event<ChangeProposed>,
    agents: &Agents,
) -> Result<Proposer, Reason> {
    // The API wrote the envelope from a verified token.
    let caller = (sender == SOURCE).then(|| event.actor());
    let agent = match (&caller, sender.strip_prefix(AGENT)) {
        (Some(Actor { kind: ActorKind::Human, .. }), _) => None,
        (Some(Actor { id, .. }), _) => Some(id.as_str()),
        (None, Some(id)) => Some(id),
        (None, None) => {
            return Err(Reason::new(
                "sender_unknown",
                format!("source `{sender}` may not propose; agents send as `agent.<id>`"),
            ));
        }
    };
    let declared = event.data.agent.as_ref();
    let registered = match agent.or(declared.map(|a| a.id.as_str())) {
        Some(id) => Some((id, agents.require(id)?)),
        None => None,
    };
    let says = declared.map(|a| a.id.as_str());
    if let Some(id) = agent.filter(|id| says != Some(id)) {
        let message = match says {
            Some(other) => format!(
                "`{id}` proposed in the name of `{other}`; an agent may only propose in its own name"
            ),
            None => format!("`{id}` sent a proposal without `agent.id`; set it to `{id}`"),
        };
        return Err(Reason::new("identity_mismatch", message));
    }
    if let (Some((_, registered)), Some(declared)) = (registered, declared) {
        registered.may_use(declared)?;
    }
    let actor = match (agent, registered) {
        (Some(id), Some((_, Registered { human_owner, .. }))) => {
            Actor { kind: ActorKind::Agent, id: id.into(), on_behalf_of: Some(human_owner.clone()) }
        }
        // A person, as the API verified.
        _ => event.actor(),
    };
    let mut barred = vec![actor.id.clone()];
    barred.extend(registered.map(|(_, r)| r.human_owner.clone()));
    barred.extend(actor.on_behalf_of.clone());
    barred.extend(declared.map(|a| a.id.clone()));
    barred.extend(declared.and_then(|a| a.human_owner.clone()));
    barred.sort();
    barred.dedup();
    let owner = match (agent, registered) {
        (Some(_), Some((_, registered))) => registered.human_owner.clone(),
        _ => actor.id.clone(),
    };
    Ok(Proposer { actor, owner, barred })
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
        let model = event("x", ActorKind::Agent, None).data.agent.unwrap().model;
        let registered = serde_json::json!({ "human_owner": "dana", "models": [model] });
        serde_json::json!({ "terraform-bot": registered }).to_string().parse().unwrap()
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
        let Proposer { actor, owner, barred } =
            proposer("agent.terraform-bot", &event, &agents()).unwrap();
        assert_eq!((actor.kind, actor.id.as_str()), (ActorKind::Agent, "terraform-bot"));
        assert_eq!(actor.on_behalf_of, Some("dana".into()));
        assert_eq!((owner.as_str(), barred.len()), ("dana", 2));
        assert_eq!(barred, ["dana", "terraform-bot"]);
    }

    #[test]
    fn a_proposal_cannot_move_the_bar_to_another_owner() {
        let mut event = event("terraform-bot", ActorKind::Agent, Some("mallory"));
        event.data.agent.as_mut().unwrap().human_owner = Some("eve".into());
        for sender in ["agent.terraform-bot", "headgate.intake-api"] {
            let Proposer { owner, actor, barred } = proposer(sender, &event, &agents()).unwrap();
            assert_eq!(
                (owner, actor.on_behalf_of),
                ("dana".into(), Some("dana".into())),
                "{sender}"
            );
            assert!(barred.contains(&"dana".into()), "{sender}: {barred:?}");
            assert!(barred.contains(&"eve".into()), "{sender}: {barred:?}");
        }
    }

    #[test]
    fn over_http_a_person_proposes_in_their_own_name() {
        let mut event = event("erin", ActorKind::Human, None);
        event.data.agent = None;
        let Proposer { actor, owner, barred } =
            proposer("headgate.intake-api", &event, &agents()).unwrap();
        assert_eq!(owner, "erin");
        assert_eq!((actor.id.as_str(), barred), ("erin", vec!["erin".into()]));
    }

    #[test]
    fn nobody_else_proposes() {
        let code = |sender: &str, actor: &str| {
            let event = event(actor, ActorKind::Agent, None);
            proposer(sender, &event, &agents()).unwrap_err().code
        };
        assert_eq!(code("agent.stranger", "stranger"), "agent_unknown");
        assert_eq!(code("headgate.intake-api", "stranger"), "agent_unknown");
        assert_eq!(code("headgate.pm-review", "terraform-bot"), "sender_unknown");
        let two = r#"{"terraform-bot": {"human_owner": "dana", "models": ["m"]}, "other-bot": {"human_owner": "dana", "models": ["m"]}}"#;
        let event = event("other-bot", ActorKind::Agent, None);
        let refused = proposer("headgate.intake-api", &event, &two.parse().unwrap()).unwrap_err();
        assert_eq!(refused.code, "identity_mismatch");
    }

    /// A person may propose what an agent made. It must be one that is known here, and the change is still an agent's.
    #[test]
    fn a_person_cannot_lend_their_name_to_an_agent_that_nobody_registered() {
        let mut event = event("erin", ActorKind::Human, None);
        let by = proposer("headgate.intake-api", &event, &agents()).unwrap();
        assert_eq!(format!("{} {}", by.actor.id, by.owner), "erin erin");
        assert!(by.barred.contains(&"dana".into()), "the agent's owner: {:?}", by.barred);
        event.data.agent.as_mut().unwrap().model = "proven-model-of-others".to_owned();
        let refused = proposer("headgate.intake-api", &event, &agents()).unwrap_err();
        assert_eq!(refused.code, "model_unknown");
        event.data.agent.as_mut().unwrap().id = "stranger".into();
        let refused = proposer("headgate.intake-api", &event, &agents()).unwrap_err();
        assert_eq!(refused.code, "agent_unknown");
    }

    #[test]
    fn an_agent_is_registered_with_its_models() {
        for bad in [
            r#"{"a": {"human_owner": "dana"}}"#,
            r#"{"a": {"human_owner": "dana", "models": []}}"#,
            r#"{"a": {"human_owner": "d\u0430na", "models": ["m"]}}"#,
            r#"{"a": {"human_owner": "", "models": ["m"]}}"#,
        ] {
            assert!(bad.parse::<Agents>().is_err(), "{bad}");
        }
    }
}
