//! What the gate asks for, after the environment and the rules had their say.

use headgate_domain::environment::{Environment, Reach, demand_seats};
use headgate_events::{GateRequirements, Lane};

use crate::report::Report;

/// Who is asked where an environment asks nobody and a rule does.
const APPROVER: &str = "approver";
/// In seconds.
const A_DAY: u32 = 24 * 3600;

impl Report {
    /// The environment's gate, raised by its own rules for such a change and by what the policies demand:
    /// more people, a seat for somebody of one role besides, the environment's name typed. Nothing that is
    /// demanded takes the place of what the environment asks for. Whoever is asked only because of the change
    /// must have no part in it, and gets a day at the least.
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
        // Somebody has to be there to type it.
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
