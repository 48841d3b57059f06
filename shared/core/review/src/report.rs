//! One review, from bytes to verdict.

use headgate_events::{
    Artifact, BundleDigest, ContentHash, EffectHash, Finding, Lane, PlanHash, Severity, Verdict,
};
use std::collections::BTreeMap;

use headgate_access::Access;
use headgate_domain::canonical::NotCanonical;
use headgate_domain::content::{Proposal, ReviewedContent};
use headgate_domain::environment::Environment;
use headgate_domain::plan::{Plan, PlanError, Summary};
use headgate_domain::state::PlannedState;
use headgate_domain::text::one_line;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::access;
use crate::bundle::{Bundle, BundleError, Demand};
use crate::input;
use crate::scans;
use crate::subject::Subject;

/// Largest report that the ledger keeps whole, in bytes of JSON.
pub const MAX_STORED_BYTES: usize = 256 * 1024;
/// Findings that the ledger keeps of a larger one. With the longest messages they stay far below the limit.
const FIRST_FINDINGS: usize = 100;

/// The outcome of a review.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// The verdict on the change.
    pub verdict: Verdict,
    /// Every finding, most severe first, then by resource and rule.
    pub findings: Vec<Finding>,
    /// Number of changes by kind.
    pub summary: Summary,
    /// Number of changes by resource type and kind.
    #[serde(default)]
    pub by_type: BTreeMap<String, Summary>,
    /// Hash of the plan: what may be applied.
    pub plan_hash: PlanHash,
    /// Hash of what the plan would do. Empty in reviews of earlier builds.
    #[serde(default)]
    pub effect_hash: EffectHash,
    /// SHA-256 over the prior state in the plan, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prior_state_sha256: Option<String>,
    /// SHA-256 over the configuration and the provider versions in the plan file. `None` if the proposal has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config_sha256: Option<String>,
    /// The state that the plan was made from, as the plan file says. `None` if the proposal has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<PlannedState>,
    /// Hash of everything that was reviewed.
    pub content_hash: ContentHash,
    /// Digest of the policy bundle that was used.
    pub bundle_digest: BundleDigest,
    /// What the rules demand of the gate.
    #[serde(default)]
    pub demands: Vec<Demand>,
    /// What an apply may do in the account. Reviews of earlier builds do not say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// When it was reviewed. A replay uses the same time.
    pub reviewed_at: Timestamp,
    /// What the review depends on besides plan and proposal.
    pub basis: Basis,
    /// The whole report, if it is too large for an item of the ledger. `findings` then has only the first ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive: Option<Artifact>,
}

impl headgate_events::Versioned for Report {}

impl Report {
    /// What the ledger keeps: the report itself, or its first findings and a reference to the whole in `archive`.
    /// A DynamoDB item holds 400 KB at most.
    #[must_use]
    pub fn stored(&self, bytes: usize, archive: Option<&Artifact>) -> Self {
        let mut stored = self.clone();
        if bytes > MAX_STORED_BYTES && archive.is_some() {
            stored.findings.truncate(FIRST_FINDINGS);
            stored.archive = archive.cloned();
        }
        stored
    }
}

/// What a review depends on besides plan and proposal. It is kept so that the review can be replayed after
/// the deployment has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Basis {
    /// The environment at the time of the review.
    pub environment: Environment,
    /// Monthly cost in US cents, as a tool estimated it from the plan.
    pub estimated_cents: Option<i64>,
    /// Highest lane that the agent had earned, if known.
    pub lane_ceiling: Option<Lane>,
    /// SHA-256 of the scans that somebody uploaded who had a part in the change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_scans: Vec<String>,
}

impl From<&Subject<'_>> for Basis {
    fn from(subject: &Subject<'_>) -> Self {
        Self {
            environment: subject.environment.clone(),
            estimated_cents: subject.estimated_cents,
            lane_ceiling: subject.lane_ceiling,
            own_scans: subject
                .scans
                .iter()
                .filter(|s| s.by_proposer)
                .map(|s| s.sha256.clone())
                .collect(),
        }
    }
}

/// Why a review has no verdict.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// The artifact is not a plan.
    #[error("the plan cannot be read")]
    Plan(#[from] PlanError),
    /// The policies failed.
    #[error("the policies failed")]
    Bundle(#[from] BundleError),
    /// Something has no canonical JSON form.
    #[error("the content cannot be hashed")]
    Hash(#[from] NotCanonical),
}

/// Longest text of a finding, in bytes: 25 findings with four of them fit into an event of 200 KB, even if JSON escapes every character.
const MAX_TEXT: usize = 900;
/// End of a text that was shortened.
const ELLIPSIS: &str = "…";

/// Reviews a plan.
///
/// # Errors
/// [`ReviewError`]; an error is never a pass.
pub fn review(bundle: &Bundle, subject: Subject<'_>, plan: &[u8]) -> Result<Report, ReviewError> {
    let plan = Plan::parse(plan)?;
    let by_type = plan.summary_by_type();
    let summary = plan.summary();
    let (plan_hash, effect_hash) = (plan.hash().clone(), plan.effect_hash()?);
    let prior_state_sha256 = plan.prior_state_sha256().map(str::to_owned);
    let access = access::of(&subject, &plan);
    let (mut findings, demands) =
        bundle.evaluate(input::build(&subject, plan, &summary, &bundle.patterns))?;
    findings.extend(access::findings(&subject, &access));
    let environment = &subject.environment.name;
    let weighed = findings.into_iter();
    let weighed =
        weighed.filter_map(|f| bundle.settings.weigh(f, environment, subject.now)).collect();
    let mut findings: Vec<_> =
        scans::once(weighed, &bundle.sources).into_iter().map(capped).collect();
    // Other tools last among equals: people see the first findings of a long list.
    let key = |f: &Finding| f.rule.starts_with("scan.");
    findings.sort_by(|a, b| {
        b.severity.cmp(&a.severity).then_with(|| {
            (key(a), &a.resource, &a.rule, &a.message).cmp(&(
                key(b),
                &b.resource,
                &b.rule,
                &b.message,
            ))
        })
    });
    Ok(Report {
        verdict: verdict(&findings),
        findings,
        summary,
        by_type,
        content_hash: content(&subject, &plan_hash, bundle.digest()).hash()?,
        plan_hash,
        effect_hash,
        prior_state_sha256,
        config_sha256: None,
        state: subject.state.cloned(),
        bundle_digest: bundle.digest().clone(),
        demands,
        access: Some(access),
        reviewed_at: subject.now,
        basis: Basis::from(&subject),
        archive: None,
    })
}

/// The content that a decision on `subject` is bound to.
pub(crate) fn content<'a>(
    subject: &Subject<'a>,
    plan_hash: &'a PlanHash,
    bundle_digest: &'a BundleDigest,
) -> ReviewedContent<'a> {
    ReviewedContent {
        change: subject.change,
        plan_hash,
        bundle_digest,
        environment: &subject.environment.name,
        account: &subject.environment.account,
        region: &subject.environment.region,
        lane: subject.lane,
        estimated_cents: subject.estimated_cents,
        proposal: subject.dossier.map(Proposal::from),
    }
}

/// Shortens the texts of a finding: a rule may quote a value of the plan, however long, and an event has place for 25 findings.
pub(crate) fn capped(mut finding: Finding) -> Finding {
    for text in [&mut finding.rule, &mut finding.resource, &mut finding.message, &mut finding.fix] {
        let shortened = text.len() > MAX_TEXT;
        *text = one_line(text, if shortened { MAX_TEXT - ELLIPSIS.len() } else { MAX_TEXT });
        if shortened {
            text.push_str(ELLIPSIS);
        }
    }
    finding
}

fn verdict(findings: &[Finding]) -> Verdict {
    match findings.first().map(|f| f.severity) {
        Some(Severity::Critical) => Verdict::Block,
        Some(Severity::Error) => Verdict::Revise,
        Some(Severity::Warning) | None => Verdict::Pass,
    }
}
