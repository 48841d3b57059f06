//! Keys in the metrics table.

use crate::key::Key;
use headgate_events::{ChangeId, EngagementId, PrincipalId};

impl Key {
    /// Counts of an engagement.
    #[must_use]
    pub fn summary(engagement: &EngagementId) -> Self {
        Self::named(format!("ENGAGEMENT#{engagement}"), "SUMMARY")
    }

    /// Durations of one phase of an engagement.
    #[must_use]
    pub fn phase(engagement: &EngagementId, phase: &str) -> Self {
        Self::named(format!("ENGAGEMENT#{engagement}"), format!("PHASE#{phase}"))
    }

    /// Progress of a change.
    #[must_use]
    pub fn progress(change: &ChangeId) -> Self {
        Self::named(format!("CHANGE#{change}"), "PROGRESS")
    }

    /// Results of a principal's proposals.
    #[must_use]
    pub fn scorecard(principal: &PrincipalId) -> Self {
        Self::named(format!("PRINCIPAL#{principal}"), "SCORECARD")
    }

    /// Outcomes of a model's changes by week.
    #[must_use]
    pub fn outcomes(model: &str) -> Self {
        Self::named(format!("MODEL#{model}"), "OUTCOMES")
    }

    /// Recent applies in an environment.
    #[must_use]
    pub fn applies(environment: &str) -> Self {
        Self::named(format!("ENVIRONMENT#{environment}"), "APPLIES")
    }
}
