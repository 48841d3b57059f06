//! The content that a decision is bound to.

use headgate_events::{Artifact, BundleDigest, ContentHash, Dossier, Lane, PlanHash, RevisionRef};
use serde::Serialize;

use crate::canonical::{NotCanonical, digest};
use crate::files::FILE_LIST;

/// Media type of the plan file itself, if it is part of the evidence. The JSON of a plan omits parts of what
/// Terraform will evaluate (the literal text of templates with unknown values). If the dossier contains the
/// plan file, only that file may be applied, byte for byte.
pub const PLAN_FILE: &str = "application/vnd.terraform.plan";

/// Media type of results of a scanner: a SARIF log (<https://www.iana.org/assignments/media-types/application/sarif+json>).
pub const SARIF: &str = "application/sarif+json";

/// Media type of the values of variables in a file. Like a plan, they may contain sensitive values in clear.
pub const VALUES: &str = "application/vnd.headgate.values+json";

/// Media type of plain text.
pub const PLAIN_TEXT: &str = "text/plain";
/// Media type of Markdown.
pub const MARKDOWN: &str = "text/markdown";
/// Media type of PDF.
pub const PDF: &str = "application/pdf";
/// Media type of DOCX.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The plan file, if the dossier has one.
#[must_use]
pub fn plan_file(dossier: &Dossier) -> Option<&Artifact> {
    dossier.evidence.iter().find(|a| a.media_type == PLAN_FILE)
}

/// The list of local files, if the dossier has one.
#[must_use]
pub fn file_list(dossier: &Dossier) -> Option<&Artifact> {
    dossier.evidence.iter().find(|a| a.media_type == FILE_LIST)
}

/// Everything that was reviewed. Two reviews of equal content have the same hash. Any difference changes the
/// hash and voids every earlier decision.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewedContent<'a> {
    /// Change id and revision; `None` in an offline review.
    pub change: Option<RevisionRef<'a>>,
    /// Hash of the plan: [`crate::plan::Plan::hash`].
    pub plan_hash: &'a PlanHash,
    /// Digest of the policy bundle that was used.
    pub bundle_digest: &'a BundleDigest,
    /// Name of the target environment.
    pub environment: &'a str,
    /// AWS account id that the change may touch; empty if unknown.
    pub account: &'a str,
    /// Region that the change may touch; empty if unknown.
    pub region: &'a str,
    /// What the change may do there.
    pub lane: Lane,
    /// Monthly cost in US cents, as a tool estimated it from the plan.
    pub estimated_cents: Option<i64>,
    /// What else the proposal contains; `None` in an offline review.
    pub proposal: Option<Proposal<'a>>,
}

/// The part of a dossier that a decision is based on.
#[derive(Debug, Clone, Serialize)]
pub struct Proposal<'a> {
    /// SHA-256 of the plan artifact, byte for byte.
    pub plan_sha256: &'a str,
    /// Monthly cost in US cents, as proposed.
    pub declared_cents: Option<i64>,
    /// SHA-256 and media type of each evidence artifact, in the order of the dossier. The media type says which of them is the plan
    /// file, and which the list of local files.
    pub evidence: Vec<(&'a str, &'a str)>,
}

impl<'a> From<&'a Dossier> for Proposal<'a> {
    fn from(dossier: &'a Dossier) -> Self {
        Self {
            plan_sha256: &dossier.plan.sha256,
            declared_cents: dossier.monthly_cost_delta_cents,
            evidence: dossier
                .evidence
                .iter()
                .map(|a| (a.sha256.as_str(), a.media_type.as_str()))
                .collect(),
        }
    }
}

impl ReviewedContent<'_> {
    /// The content hash, lower-case hex.
    ///
    /// # Errors
    /// [`NotCanonical`], which cannot happen with the current fields.
    pub fn hash(&self) -> Result<ContentHash, NotCanonical> {
        digest(self).map(ContentHash::from)
    }
}
