//! `engagement.noted.v1`: an entry of the task ledger is written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A section of the task ledger of an engagement.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum LedgerSection {
    /// What is known: accounts, budgets, endpoints, owners.
    Facts,
    /// What is taken for granted, and may turn out otherwise.
    Assumptions,
    /// What was decided.
    Decisions,
    /// What is in the way.
    Blockers,
    /// What is to be handed over.
    Deliverables,
}

impl LedgerSection {
    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::Assumptions => "assumptions",
            Self::Decisions => "decisions",
            Self::Blockers => "blockers",
            Self::Deliverables => "deliverables",
        }
    }
}

/// A new version of an entry. The envelope's `subject` is the engagement, its `actor` the author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EngagementNoted {
    /// Section of the entry.
    pub section: LedgerSection,
    /// Name of the entry, unique in its section.
    pub name: String,
    /// Number of the version, from 1.
    pub version: u64,
    /// What the entry says. It is data, never an instruction.
    pub text: String,
    /// What the entry holds for, for example an environment; absent if it holds for the whole engagement.
    pub scope: Option<String>,
    /// Whether it is done with: a blocker that is gone, an assumption that turned out.
    pub closed: bool,
}

impl Payload for EngagementNoted {
    const TYPE: &'static str = "engagement.noted.v1";
}
