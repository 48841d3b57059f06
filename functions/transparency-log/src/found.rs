//! What a run found that somebody must look at.

use std::collections::BTreeMap;

use headgate_events::EngagementId;
use headgate_ledger::LedgerError;
use headgate_runtime::telemetry::chain;

/// Names in an error message.
const NAMES: usize = 20;

/// What was found, by timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    problems: BTreeMap<EngagementId, &'static str>,
    /// Whether time was left for all.
    pub(crate) complete: bool,
}

impl Default for Found {
    fn default() -> Self {
        Self { problems: BTreeMap::new(), complete: true }
    }
}

impl Found {
    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    /// Number of timelines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.problems.len()
    }

    pub(crate) fn has(&self, engagement: &EngagementId) -> bool {
        // A timeline that begins again goes on in the next batch.
        self.problems.get(engagement).is_some_and(|what| *what != RESTORED)
    }

    pub(crate) fn rewritten(&mut self, engagement: EngagementId) {
        tracing::error!(
            engagement.id = %engagement,
            "the timeline does not follow from what was logged of it: its history was rewritten"
        );
        self.problems.insert(engagement, REWRITTEN);
    }

    pub(crate) fn restored(&mut self, engagement: EngagementId) {
        tracing::error!(
            engagement.id = %engagement,
            "the timeline is not what was logged of it, and the ledger has another name since: it is logged again, after a leaf that says so"
        );
        self.problems.insert(engagement, RESTORED);
    }

    pub(crate) fn unreadable(&mut self, engagement: EngagementId, error: &LedgerError) {
        tracing::error!(engagement.id = %engagement, error = chain(error), "cannot read the timeline");
        self.problems.insert(engagement, UNREADABLE);
    }
}

const REWRITTEN: &str = "history was rewritten";
const RESTORED: &str = "restored from a backup";
const UNREADABLE: &str = "cannot be read";

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (n, (engagement, what)) in self.problems.iter().take(NAMES).enumerate() {
            let comma = if n == 0 { "" } else { ", " };
            write!(f, "{comma}{}: {what}", engagement.as_str().escape_debug())?;
        }
        match self.problems.len().saturating_sub(NAMES) {
            0 => Ok(()),
            more => write!(f, ", and {more} more"),
        }
    }
}
