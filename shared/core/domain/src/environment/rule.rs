//! Rules that raise the gate of an environment, by lane, proposer and reach of the change.

use headgate_events::{Escalation, GateRequirements, Lane, Seats};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::plan::Summary;

/// Maximum number of people that a gate may require. A larger group would never be complete.
const MAX_PEOPLE: u32 = 20;

/// Conditions on a change, and what the gate additionally requires if they hold. All conditions of a rule
/// must hold; a rule without conditions always holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct GateRule {
    /// Lanes that the rule applies to; empty means all.
    pub lanes: Vec<Lane>,
    /// `true` for changes that an agent proposes, `false` for changes that a person proposes; absent for
    /// both.
    pub by_agent: Option<bool>,
    /// Minimum number of resources that are created, updated, replaced or deleted.
    pub changes: u32,
    /// Minimum number of resources that are replaced or deleted.
    pub destroys: u32,
    /// Minimum quorum.
    pub people: u32,
    /// Seats in addition to the quorum; see [`GateRequirements::demanded`].
    pub seats: Vec<Seats>,
    /// Whether approvers must type the name of the environment.
    pub confirm: bool,
}

/// Properties of a change that rules check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// What the change may do.
    pub lane: Lane,
    /// Whether an agent proposes it.
    pub by_agent: bool,
    /// Number of resources that it changes in any way.
    pub changes: u32,
    /// Number of resources that it replaces or deletes.
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
    /// Whether the rule applies to a change with this reach.
    #[must_use]
    pub fn holds(&self, reach: Reach) -> bool {
        (self.lanes.is_empty() || self.lanes.contains(&reach.lane))
            && self.by_agent.is_none_or(|by_agent| by_agent == reach.by_agent)
            && reach.changes >= self.changes
            && reach.destroys >= self.destroys
    }

    /// Raises `gate`. It never lowers a requirement.
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
            return Err("a gate rule requires nothing; set `people`, `seats` or `confirm`".into());
        }
        if self.people > MAX_PEOPLE {
            return Err(format!("a gate rule requires more than {MAX_PEOPLE} people"));
        }
        check_seats(&self.seats)
    }
}

/// Demands at least `people` seats for holders of `role`, in addition to the quorum.
pub fn demand_seats(gate: &mut GateRequirements, role: &str, people: u32) {
    match gate.demanded.iter_mut().find(|s| s.role == role) {
        Some(known) => known.people = known.people.max(people),
        None => gate.demanded.push(Seats { role: role.to_owned(), people }),
    }
}

/// Fields of a gate in the configuration.
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

/// Refuses gates with an unknown field.
pub(super) fn check_members(text: &str) -> Result<(), String> {
    let all: Vec<Value> = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let check = |environment: &Value| {
        let name = &environment["name"];
        check_gate_members(&environment["gate"]).map_err(|problem| format!("{name}: {problem}"))
    };
    all.iter().try_for_each(check)
}

/// Refuses a gate, as JSON, with an unknown field: a misspelled `seats` would have no effect.
///
/// # Errors
/// Names the field, and those that exist.
pub fn check_gate_members(gate: &Value) -> Result<(), String> {
    let mut members = gate.as_object().into_iter().flatten().map(|(member, _)| member);
    match members.find(|member| !MEMBERS.contains(&member.as_str())) {
        None => Ok(()),
        Some(unknown) => {
            Err(format!("a gate has no field `{unknown}`; its fields: {}", MEMBERS.join(", ")))
        }
    }
}

/// Checks that the gate can open, and that there is time to open it.
///
/// # Errors
/// The first problem.
pub fn check_gate(gate: &GateRequirements) -> Result<(), String> {
    let asks = gate.quorum > 0 || !gate.seats.is_empty() || !gate.demanded.is_empty();
    check_seats(&gate.seats)?;
    check_seats(&gate.demanded)?;
    let seats: u32 = gate.seats.iter().map(|s| s.people).sum();
    if gate.quorum > seats && gate.roles.is_empty() {
        return Err("the gate has a quorum but names no role; set `roles`".into());
    }
    if gate.quorum > MAX_PEOPLE {
        return Err(format!("the gate requires more than {MAX_PEOPLE} people"));
    }
    if asks && gate.expires_in_seconds == 0 {
        return Err("the gate would expire at once; set `expires_in_seconds` to 1 or more".into());
    }
    for Escalation { after_seconds, role, stands_in_for } in &gate.escalations {
        if role.is_empty() {
            return Err("an escalation needs a role".into());
        }
        if *after_seconds >= gate.expires_in_seconds {
            return Err(format!("the escalation to {role} begins after the gate has expired"));
        }
        if let Some(seat) = stands_in_for
            && !gate.seats.iter().any(|s| s.role == *seat)
        {
            return Err(format!("{role} stands in for {seat}, but no seat is for {seat}"));
        }
    }
    Ok(())
}

fn check_seats(seats: &[Seats]) -> Result<(), String> {
    for (i, Seats { role, people }) in seats.iter().enumerate() {
        if role.is_empty() || *people == 0 {
            return Err("a seat needs a role and 1 person or more".into());
        }
        if *people > MAX_PEOPLE {
            return Err(format!("{role} has more than {MAX_PEOPLE} seats"));
        }
        if seats[..i].iter().any(|s| s.role == *role) {
            return Err(format!("the seats of {role} are listed twice"));
        }
    }
    Ok(())
}
