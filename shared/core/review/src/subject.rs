//! What is reviewed.

use headgate_domain::environment::Environment;
use headgate_domain::files::FileList;
use headgate_domain::state::PlannedState;
use headgate_events::{Agent, Dossier, Lane};
use jiff::Timestamp;

use crate::evidence::EvidenceText;
use crate::scans::Scan;
use crate::values::ValuesFile;

/// What is reviewed, besides the plan.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Change id and revision; `None` in an offline review.
    pub change: Option<headgate_events::RevisionRef<'a>>,
    /// The target environment.
    pub environment: &'a Environment,
    /// Account and region as proposed; `None` in an offline review.
    pub place: Option<(&'a str, &'a str)>,
    /// What the change may do.
    pub lane: Lane,
    /// The agent that proposed it, if not a person.
    pub agent: Option<&'a Agent>,
    /// The dossier; `None` in an offline review.
    pub dossier: Option<&'a Dossier>,
    /// The local files that the dossier names; `None` if it names none.
    pub files: Option<&'a FileList>,
    /// The state that the apply writes, as the plan file says; `None` if there is no plan file.
    pub state: Option<&'a PlannedState>,
    /// Results of other scanners.
    pub scans: &'a [Scan],
    /// Evidence that is searched for secrets and instructions.
    pub evidence: &'a [EvidenceText],
    /// Values of variables, by file.
    pub values: &'a [ValuesFile],
    /// Monthly cost in US cents, as a tool estimated it from the plan.
    pub estimated_cents: Option<i64>,
    /// Highest lane that the agent has earned, if known.
    pub lane_ceiling: Option<Lane>,
    /// Time of the review; waivers and freezes depend on it.
    pub now: Timestamp,
}

impl<'a> Subject<'a> {
    /// A plan that nobody has proposed, in a review without a fleet.
    #[must_use]
    pub fn offline(environment: &'a Environment, lane: Lane, now: Timestamp) -> Self {
        Self {
            change: None,
            environment,
            place: None,
            lane,
            agent: None,
            dossier: None,
            files: None,
            state: None,
            scans: &[],
            evidence: &[],
            values: &[],
            estimated_cents: None,
            lane_ceiling: None,
            now,
        }
    }
}
