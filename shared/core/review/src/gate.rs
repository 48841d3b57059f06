//! What the gate requires: the environment's gate, raised by its rules and by the policies.

use headgate_domain::environment::{Environment, Reach, demand_seats};
use headgate_events::{GateRequirements, Lane};

use crate::report::Report;

/// Role that must approve if a rule or policy requires people and the environment names no role.
const APPROVER: &str = "approver";
/// A day, in seconds.
const A_DAY: u32 = 24 * 3600;

impl Report {
    /// The gate of the environment as it was reviewed: see [`Self::gate`].
    #[must_use]
    pub fn required(&self, lane: Lane, by_agent: bool) -> GateRequirements {
        self.gate(&self.basis.environment, lane, by_agent)
    }

    /// The environment's gate, raised by its own rules and by the demands of the policies: more people,
    /// additional seats for a role, or typing the environment's name. Demands never replace what the
    /// environment requires. If the change adds people, separation of duties applies and the request stays
    /// open for at least a day.
    #[must_use]
    pub fn gate(&self, environment: &Environment, lane: Lane, by_agent: bool) -> GateRequirements {
        let mut gate = environment.gate.clone();
        let reach = Reach::new(lane, by_agent, &self.summary);
        for rule in environment.gate_rules.iter().filter(|r| r.holds(reach)) {
            rule.raise(&mut gate, &environment.name);
        }
        for demand in &self.demands {
            if demand.role.is_empty() {
                gate.quorum = gate.quorum.max(demand.people);
            } else {
                demand_seats(&mut gate, &demand.role, demand.people.max(1));
            }
            if demand.confirm {
                gate.confirm = Some(environment.name.clone());
            }
        }
        let seats: u32 = gate.seats.iter().map(|s| s.people).sum();
        // At least one person must approve to type the name.
        if gate.confirm.is_some() && gate.quorum + seats == 0 && gate.demanded.is_empty() {
            gate.quorum = 1;
        }
        if gate.quorum > environment.gate.quorum || gate.demanded != environment.gate.demanded {
            gate.separation_of_duties = true;
            gate.expires_in_seconds = gate.expires_in_seconds.max(A_DAY);
        }
        if gate.quorum > seats && gate.roles.is_empty() {
            gate.roles = vec![APPROVER.to_owned()];
        }
        gate
    }
}
