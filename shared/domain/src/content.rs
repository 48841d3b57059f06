//! What a decision is bound to.

use headgate_events::Dossier;
use serde::Serialize;

use crate::canonical::{NotCanonical, digest};

/// Everything that was reviewed. Two reviews with equal content have the same hash; any difference
/// makes another one, and with it every earlier decision void.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewedContent<'a> {
    /// The change.
    pub change_id: &'a str,
    /// Its revision.
    pub revision: u32,
    /// Effect of the plan: [`crate::plan::Plan::hash`].
    pub plan_hash: &'a str,
    /// SHA-256 of the plan artifact, byte for byte.
    pub plan_sha256: &'a str,
    /// Digest of the policy bundle that judged it.
    pub bundle_digest: &'a str,
    /// The cost as proposed.
    pub monthly_cost_delta_cents: Option<i64>,
    /// The account it may touch.
    pub account: &'a str,
    /// The region it may touch.
    pub region: &'a str,
    /// SHA-256 of each evidence artifact, in the order of the dossier.
    pub evidence: Vec<&'a str>,
}

impl<'a> ReviewedContent<'a> {
    /// Takes cost, plan artifact and evidence from a dossier.
    #[must_use]
    pub fn new(
        (change_id, revision): (&'a str, u32),
        (account, region): (&'a str, &'a str),
        plan_hash: &'a str,
        bundle_digest: &'a str,
        dossier: &'a Dossier,
    ) -> Self {
        Self {
            change_id,
            revision,
            plan_hash,
            plan_sha256: &dossier.plan.sha256,
            bundle_digest,
            monthly_cost_delta_cents: dossier.monthly_cost_delta_cents,
            account,
            region,
            evidence: dossier.evidence.iter().map(|a| a.sha256.as_str()).collect(),
        }
    }

    /// The content hash, lower-case hex.
    ///
    /// # Errors
    /// [`NotCanonical`]; cannot happen with the fields as they are.
    pub fn hash(&self) -> Result<String, NotCanonical> {
        digest(self)
    }
}
