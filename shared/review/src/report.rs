//! One review, from bytes to verdict.

use headgate_domain::canonical::NotCanonical;
use headgate_domain::content::ReviewedContent;
use headgate_domain::environment::Environment;
use headgate_domain::guards;
use headgate_domain::plan::{Plan, PlanError, Summary};
use headgate_events::latest::ChangeProposed;
use headgate_events::{Finding, Severity, Verdict};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::bundle::{Bundle, BundleError};

/// What is reviewed.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The change.
    pub change_id: &'a str,
    /// The proposal as it was admitted.
    pub proposed: &'a ChangeProposed,
    /// The environment it is for.
    pub environment: &'a Environment,
}

/// The outcome of a review.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The answer.
    pub verdict: Verdict,
    /// Every finding, most severe first, then by resource and rule.
    pub findings: Vec<Finding>,
    /// What the plan does.
    pub summary: Summary,
    /// Hash of what the plan does.
    pub plan_hash: String,
    /// Hash of all that was reviewed.
    pub content_hash: String,
    /// Digest of the policies that judged it.
    pub bundle_digest: String,
}

/// A review that came to no verdict.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// The artifact is not a plan.
    #[error("the plan cannot be read")]
    Plan(#[from] PlanError),
    /// The policies failed.
    #[error("the policies failed")]
    Bundle(#[from] BundleError),
    /// Something has no canonical form.
    #[error("the content cannot be hashed")]
    Hash(#[from] NotCanonical),
}

/// Reviews a plan.
///
/// # Errors
/// [`ReviewError`]; an error is never a pass.
pub fn review(bundle: &Bundle, subject: Subject<'_>, plan: &[u8]) -> Result<Report, ReviewError> {
    let Subject { change_id, proposed, environment } = subject;
    let plan = Plan::parse(plan)?;
    let summary = plan.summary();
    let plan_hash = plan.hash()?;
    let mut findings = bundle.evaluate(&json!({
        "plan": plan,
        "change": {
            "id": change_id,
            "environment": environment.name,
            "account": environment.account,
            "region": environment.region,
            "lane": proposed.lane,
            "agent": proposed.agent,
        },
    }))?;
    findings.extend(guards::review(proposed, environment, &summary));
    findings.sort_by(|a, b| {
        let key = |f: &Finding| (f.resource.clone(), f.rule.clone(), f.message.clone());
        b.severity.cmp(&a.severity).then_with(|| key(a).cmp(&key(b)))
    });
    let verdict = match findings.first().map(|f| f.severity) {
        Some(Severity::Critical) => Verdict::Block,
        Some(Severity::Error) => Verdict::Revise,
        Some(Severity::Warning) | None => Verdict::Pass,
    };
    let content_hash = ReviewedContent::new(
        (change_id, proposed.revision),
        (&environment.account, &environment.region),
        &plan_hash,
        bundle.digest(),
        &proposed.dossier,
    )
    .hash()?;
    Ok(Report {
        verdict,
        findings,
        summary,
        plan_hash,
        content_hash,
        bundle_digest: bundle.digest().to_owned(),
    })
}
