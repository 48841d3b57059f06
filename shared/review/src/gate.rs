//! What the gate asks for, after the environment and the rules had their say.

use headgate_domain::environment::Environment;
use headgate_events::GateRequirements;

use crate::report::Report;

/// Who is asked where an environment asks nobody and a rule does.
const APPROVER: &str = "approver";
/// In seconds.
const A_DAY: u32 = 24 * 3600;

impl Report {
    /// The environment's gate, raised by what the rules demand: more people, or people of one role. Whoever
    /// is asked only because of a rule must have no part in the change, and gets a day at the least.
    #[must_use]
    pub fn gate(&self, environment: &Environment) -> GateRequirements {
        let mut gate = environment.gate.clone();
        for demand in &self.demands {
            if demand.people > gate.quorum {
                gate.quorum = demand.people;
                gate.separation_of_duties = true;
                gate.expires_in_seconds = gate.expires_in_seconds.max(A_DAY);
            }
            if !demand.role.is_empty() {
                gate.roles = vec![demand.role.clone()];
            }
        }
        if gate.quorum > 0 && gate.roles.is_empty() {
            gate.roles = vec![APPROVER.to_owned()];
        }
        gate
    }
}
