//! What raises the gate of an environment: the lane, who proposes, how far it reaches.

use headgate_events::{Escalation, GateRequirements, Lane, Seats};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::plan::Summary;

/// Most people that a gate may ask for: more never come together.
const MAX_PEOPLE: u32 = 20;

/// A condition on the change, and what the gate asks for where it holds, besides all else. All conditions
/// of one rule must hold; a rule without any always holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GateRule {
    /// Lanes that it is about; none means all.
    pub lanes: Vec<Lane>,
    /// Only what an agent proposes (`true`), or only what a person does (`false`).
    pub by_agent: Option<bool>,
    /// At least so many resources are created, updated, replaced or deleted.
    pub changes: u32,
    /// At least so many resources are replaced or deleted.
    pub destroys: u32,
    /// How many people at the least.
    pub people: u32,
    /// Seats besides the quorum; see [`GateRequirements::demanded`].
    pub seats: Vec<Seats>,
    /// Whether the name of the environment has to be typed.
    pub confirm: bool,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// What the change may touch.
    pub lane: Lane,
    /// Whether an agent proposes it.
    pub by_agent: bool,
    /// Resources that it changes in any way.
    pub changes: u32,
    /// Resources that it replaces or deletes.
    pub destroys: u32,
}

impl Reach {
    /// The reach of a plan.
    #[must_use]
    pub fn new(lane: Lane, by_agent: bool, summary: &Summary) -> Self {
        let destroys = summary.replace + summary.delete;
        Self { lane, by_agent, changes: summary.total(), destroys }
    }
}

impl GateRule {
    /// Whether the rule is about such a change.
    #[must_use]
    pub fn holds(&self, reach: Reach) -> bool {
        (self.lanes.is_empty() || self.lanes.contains(&reach.lane))
            && self.by_agent.is_none_or(|by_agent| by_agent == reach.by_agent)
            && reach.changes >= self.changes
            && reach.destroys >= self.destroys
    }

    /// Raises `gate`; nothing is ever lowered.
    pub fn raise(&self, gate: &mut GateRequirements, environment: &str) {
        gate.quorum = gate.quorum.max(self.people);
        for seats in &self.seats {
            demand_seats(gate, &seats.role, seats.people);
        }
        if self.confirm {
            gate.confirm = Some(environment.to_owned());
        }
    }

    pub(super) fn check(&self) -> Result<(), String> {
        if self.people == 0 && self.seats.is_empty() && !self.confirm {
            return Err("a gate rule asks for nothing: set `people`, `seats` or `confirm`".into());
        }
        if self.people > MAX_PEOPLE {
            return Err(format!("a gate rule asks for more than {MAX_PEOPLE} people"));
        }
        check_seats(&self.seats)
    }
}

/// At least `people` seats for holders of `role`, whatever the quorum is made of.
pub fn demand_seats(gate: &mut GateRequirements, role: &str, people: u32) {
    match gate.demanded.iter_mut().find(|s| s.role == role) {
        Some(known) => known.people = known.people.max(people),
        None => gate.demanded.push(Seats { role: role.to_owned(), people }),
    }
}

/// Members of a gate as it is configured.
const MEMBERS: [&str; 8] = [
    "quorum",
    "roles",
    "seats",
    "demanded",
    "escalations",
    "confirm",
    "separation_of_duties",
    "expires_in_seconds",
];

/// Refuses a gate with a member that nobody reads: a misspelt seat would be no seat.
pub(super) fn check_members(text: &str) -> Result<(), String> {
    let all: Vec<Value> = serde_json::from_str(text).map_err(|e| e.to_string())?;
    for environment in &all {
        let gate = environment["gate"].as_object().into_iter().flatten();
        for (member, _) in gate {
            if !MEMBERS.contains(&member.as_str()) {
                let (name, known) = (&environment["name"], MEMBERS.join(", "));
                return Err(format!("{name}: `{member}` is unknown in a gate; known: {known}"));
            }
        }
    }
    Ok(())
}

/// That a gate can open, and that somebody has the time to open it.
pub(super) fn check_gate(gate: &GateRequirements) -> Result<(), String> {
    let asks = gate.quorum > 0 || !gate.seats.is_empty() || !gate.demanded.is_empty();
    check_seats(&gate.seats)?;
    check_seats(&gate.demanded)?;
    let seats: u32 = gate.seats.iter().map(|s| s.people).sum();
    if gate.quorum > seats && gate.roles.is_empty() {
        return Err("the gate needs a quorum but names no role".into());
    }
    if gate.quorum > MAX_PEOPLE {
        return Err(format!("the gate asks for more than {MAX_PEOPLE} people"));
    }
    if asks && gate.expires_in_seconds == 0 {
        return Err("the gate would expire at once".into());
    }
    for Escalation { after_seconds, role, stands_in_for } in &gate.escalations {
        if role.is_empty() {
            return Err("an escalation names a role".into());
        }
        if *after_seconds >= gate.expires_in_seconds {
            return Err(format!("the escalation to {role} comes after the gate has expired"));
        }
        if let Some(seat) = stands_in_for
            && !gate.seats.iter().any(|s| s.role == *seat)
        {
            return Err(format!("{role} stands in for {seat}, which has no seats"));
        }
    }
    Ok(())
}

fn check_seats(seats: &[Seats]) -> Result<(), String> {
    for (i, Seats { role, people }) in seats.iter().enumerate() {
        if role.is_empty() || *people == 0 {
            return Err("a seat names a role and 1 person or more".into());
        }
        if *people > MAX_PEOPLE {
            return Err(format!("{role} has more than {MAX_PEOPLE} seats"));
        }
        if seats[..i].iter().any(|s| s.role == *role) {
            return Err(format!("the seats of {role} are given twice"));
        }
    }
    Ok(())
}
