//! What the gate asks for, after the environment and the rules had their say.

use headgate_domain::environment::Environment;
use headgate_events::GateRequirements;

use crate::report::Report;

impl Report {
    /// The environment's gate, raised by what the rules demand: more people, or people of one role.
    #[must_use]
    pub fn gate(&self, environment: &Environment) -> GateRequirements {
        let mut gate = environment.gate.clone();
        for demand in &self.demands {
            gate.quorum = gate.quorum.max(demand.people);
            if !demand.role.is_empty() {
                gate.roles = vec![demand.role.clone()];
            }
        }
        gate
    }
}
