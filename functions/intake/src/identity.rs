//! Who sent a proposal.

use headgate_events::latest::ChangeProposed;
use headgate_events::{Actor, ActorKind, Event, Reason};

use crate::config::Agents;

/// Source of proposals that came over HTTP; only the fleet's role may use it.
const API: &str = "headgate.intake-api";
/// Prefix of the sources that agents use on the bus.
const AGENT: &str = "agent.";

/// The verified proposer and everybody who may not decide on the proposal, or why there is none.
pub(crate) fn proposer(
    sender: &str,
    event: &Event<ChangeProposed>,
    agents: &Agents,
) -> Result<(Actor, Vec<String>), Reason> {
    let declared = event.data.agent.as_ref();
    let actor = if sender == API {
        // The API wrote the envelope from a verified token.
        event.actor()
    } else if let Some(id) = sender.strip_prefix(AGENT) {
        let Some(owner) = agents.0.get(id) else {
            return Err(Reason::new(
                "agent_unknown",
                format!("agent `{id}` is not registered here; add it to the fleet's agents"),
            ));
        };
        Actor { kind: ActorKind::Agent, id: id.to_owned(), on_behalf_of: Some(owner.clone()) }
    } else {
        return Err(Reason::new(
            "sender_unknown",
            format!("source `{sender}` may not propose; agents send as `agent.<id>`"),
        ));
    };
    let says = declared.map(|a| a.id.as_str());
    if actor.kind == ActorKind::Agent && says != Some(&actor.id) {
        return Err(Reason::new(
            "identity_mismatch",
            format!("`{}` sent a proposal in the name of `{}`", actor.id, says.unwrap_or("nobody")),
        ));
    }
    let mut barred = vec![actor.id.clone()];
    barred.extend(actor.on_behalf_of.clone());
    barred.extend(declared.map(|a| a.id.clone()));
    barred.extend(declared.and_then(|a| a.human_owner.clone()));
    barred.sort();
    barred.dedup();
    Ok((actor, barred))
}
