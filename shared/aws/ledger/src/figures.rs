//! Keys in the metrics table. Figures that facts of many engagements change have parts, so that transactions about different
//! engagements do not exclude each other. Their sum is what counts.

use futures::future::try_join_all;
use headgate_events::{ChangeId, EngagementId, PARTS, PrincipalId, Versioned};

use crate::error::LedgerError;
use crate::key::Key;
use crate::read::Ledger;

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

    /// The part of the results of a principal's proposals to which an engagement belongs.
    #[must_use]
    pub fn scorecard(principal: &PrincipalId, engagement: &EngagementId) -> Self {
        Self::scorecard_part(principal, Some(figure_part(engagement)))
    }

    /// All parts of the results of a principal's proposals.
    #[must_use]
    pub fn scorecards(principal: &PrincipalId) -> Vec<Self> {
        parts().map(|part| Self::scorecard_part(principal, part)).collect()
    }

    fn scorecard_part(principal: &PrincipalId, part: Option<u8>) -> Self {
        divided(format!("PRINCIPAL#{principal}"), "SCORECARD", part)
    }

    /// A part of the outcomes of a model's changes by week, see [`figure_part`]. `None`: what earlier builds counted, which had no
    /// parts, and what is true of all parts.
    #[must_use]
    pub fn outcomes(model: &str, part: Option<u8>) -> Self {
        divided(format!("MODEL#{model}"), "OUTCOMES", part)
    }

    /// Recent applies in an environment.
    #[must_use]
    pub fn applies(environment: &str) -> Self {
        Self::named(format!("ENVIRONMENT#{environment}"), "APPLIES")
    }
}

/// The part of a figure to which an engagement belongs.
#[must_use]
pub fn figure_part(engagement: &EngagementId) -> u8 {
    engagement.part()
}

/// All parts of a figure, with that of earlier builds.
pub fn parts() -> impl Iterator<Item = Option<u8>> {
    std::iter::once(None).chain((0..PARTS).map(Some))
}

/// The key of a part. Parts are in partitions of their own, because a partition of a table takes 1,000 writes a second. The sort key
/// says that it is a part: a model may be called like the part of another one.
fn divided(pk: String, sk: &str, part: Option<u8>) -> Key {
    match part {
        None => Key::named(pk, sk),
        Some(part) => Key::named(format!("{pk}#{part:02}"), format!("{sk}#{part:02}")),
    }
}

impl Ledger {
    /// Reads the items that exist of these, each with a consistent read.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn get_all<T: Versioned>(&self, keys: &[Key]) -> Result<Vec<T>, LedgerError> {
        let found = try_join_all(keys.iter().map(|key| self.get::<T>(key))).await?;
        Ok(found.into_iter().flatten().map(|stored| stored.value).collect())
    }
}
