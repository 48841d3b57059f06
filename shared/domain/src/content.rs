//! What a decision is bound to.

use headgate_events::{Dossier, Lane};
use serde::Serialize;

use crate::canonical::{NotCanonical, digest};

/// Media type of the evidence that is the plan file itself. A plan's JSON leaves out parts of what Terraform
/// will evaluate (the literal text of templates with unknown values); where the file is in the dossier, what is
/// applied has to be that file, byte for byte.
pub const PLAN_FILE: &str = "application/vnd.terraform.plan";

/// SHA-256 of the plan file, if the dossier has it.
#[must_use]
pub fn plan_file_sha256(dossier: &Dossier) -> Option<&str> {
    dossier.evidence.iter().find(|a| a.media_type == PLAN_FILE).map(|a| a.sha256.as_str())
}

/// Everything that was reviewed. Two reviews with equal content have the same hash; any difference
/// makes another one, and with it every earlier decision void.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewedContent<'a> {
    /// Change and revision; none in an offline review.
    pub change: Option<(&'a str, u32)>,
    /// Effect of the plan: [`crate::plan::Plan::hash`].
    pub plan_hash: &'a str,
    /// Digest of the policy bundle that judged it.
    pub bundle_digest: &'a str,
    /// Environment that it is for.
    pub environment: &'a str,
    /// The account it may touch; empty if none is known.
    pub account: &'a str,
    /// The region it may touch; empty if none is known.
    pub region: &'a str,
    /// What it may touch there.
    pub lane: Lane,
    /// Monthly cost in US cents, as a tool estimated it from the plan.
    pub estimated_cents: Option<i64>,
    /// What the proposal brings along; none in an offline review.
    pub proposal: Option<Proposal<'a>>,
}

/// The part of a dossier that a decision rests on.
#[derive(Debug, Clone, Serialize)]
pub struct Proposal<'a> {
    /// SHA-256 of the plan artifact, byte for byte.
    pub plan_sha256: &'a str,
    /// Monthly cost in US cents, as proposed.
    pub declared_cents: Option<i64>,
    /// SHA-256 of each evidence artifact, in the order of the dossier.
    pub evidence: Vec<&'a str>,
}

impl<'a> From<&'a Dossier> for Proposal<'a> {
    fn from(dossier: &'a Dossier) -> Self {
        Self {
            plan_sha256: &dossier.plan.sha256,
            declared_cents: dossier.monthly_cost_delta_cents,
            evidence: dossier.evidence.iter().map(|a| a.sha256.as_str()).collect(),
        }
    }
}

impl ReviewedContent<'_> {
    /// The content hash, lower-case hex.
    ///
    /// # Errors
    /// [`NotCanonical`]; cannot happen with the fields as they are.
    pub fn hash(&self) -> Result<String, NotCanonical> {
        digest(self)
    }
}
