//! One review, from bytes to verdict.

use std::collections::BTreeMap;

use headgate_domain::canonical::NotCanonical;
use headgate_domain::content::{Proposal, ReviewedContent};
use headgate_domain::environment::Environment;
use headgate_domain::plan::{Plan, PlanError, Summary};
use headgate_events::{Agent, Dossier, Finding, Lane, Severity, Verdict};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::bundle::{Bundle, BundleError, Demand};
use crate::input;

/// What is reviewed, besides the plan.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Change and revision; none in an offline review.
    pub change: Option<(&'a str, u32)>,
    /// The environment it is for.
    pub environment: &'a Environment,
    /// Account and region as proposed; none in an offline review.
    pub place: Option<(&'a str, &'a str)>,
    /// What it may touch.
    pub lane: Lane,
    /// Who made it, if not a person.
    pub agent: Option<&'a Agent>,
    /// The dossier; none in an offline review.
    pub dossier: Option<&'a Dossier>,
    /// Monthly cost in US cents, as a tool estimated it from the plan.
    pub estimated_cents: Option<i64>,
    /// What the agent has earned, where that is known.
    pub lane_ceiling: Option<Lane>,
    /// Time of the review: waivers and freezes end.
    pub now: Timestamp,
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
    /// The same by resource type.
    #[serde(default)]
    pub by_type: BTreeMap<String, Summary>,
    /// Hash of what the plan does.
    pub plan_hash: String,
    /// Hash of all that was reviewed.
    pub content_hash: String,
    /// Digest of the policies that judged it.
    pub bundle_digest: String,
    /// What the rules ask of the gate.
    #[serde(default)]
    pub demands: Vec<Demand>,
    /// When it was reviewed; a replay takes the same time.
    pub reviewed_at: Timestamp,
    /// What else it rests on besides plan and proposal.
    pub basis: Basis,
}

/// What a review rests on besides plan and proposal, kept so that it can be replayed when the deployment
/// has long another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The environment as it was.
    pub environment: Environment,
    /// Monthly cost in US cents, as a tool estimated it from the plan.
    pub estimated_cents: Option<i64>,
    /// What the agent had earned, where that was known.
    pub lane_ceiling: Option<Lane>,
}

impl From<&Subject<'_>> for Basis {
    fn from(subject: &Subject<'_>) -> Self {
        Self {
            environment: subject.environment.clone(),
            estimated_cents: subject.estimated_cents,
            lane_ceiling: subject.lane_ceiling,
        }
    }
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
    let plan = Plan::parse(plan)?;
    let by_type = plan.summary_by_type();
    let summary = plan.summary();
    let plan_hash = plan.hash()?;
    let (findings, demands) = bundle.evaluate(input::build(&subject, &plan, &summary))?;
    let environment = &subject.environment.name;
    let mut findings: Vec<_> = findings
        .into_iter()
        .filter_map(|f| bundle.settings.weigh(f, environment, subject.now))
        .collect();
    findings.sort_by(|a, b| {
        b.severity.cmp(&a.severity).then_with(|| {
            (&a.resource, &a.rule, &a.message).cmp(&(&b.resource, &b.rule, &b.message))
        })
    });
    Ok(Report {
        verdict: verdict(&findings),
        findings,
        summary,
        by_type,
        content_hash: content(&subject, &plan_hash, bundle.digest()).hash()?,
        plan_hash,
        bundle_digest: bundle.digest().to_owned(),
        demands,
        reviewed_at: subject.now,
        basis: Basis::from(&subject),
    })
}

/// The content that a decision on `subject` is bound to.
pub(crate) fn content<'a>(
    subject: &Subject<'a>,
    plan_hash: &'a str,
    bundle_digest: &'a str,
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

fn verdict(findings: &[Finding]) -> Verdict {
    match findings.first().map(|f| f.severity) {
        Some(Severity::Critical) => Verdict::Block,
        Some(Severity::Error) => Verdict::Revise,
        Some(Severity::Warning) | None => Verdict::Pass,
    }
}

impl Report {
    /// The report of a proposal whose plan cannot be read: one finding, back to the proposer.
    ///
    /// # Errors
    /// [`NotCanonical`].
    pub fn unreadable(
        bundle: &Bundle,
        subject: Subject<'_>,
        rule: &str,
        message: &str,
    ) -> Result<Self, NotCanonical> {
        Ok(Self {
            verdict: Verdict::Revise,
            findings: vec![Finding {
                rule: rule.to_owned(),
                severity: Severity::Error,
                resource: "dossier.plan".to_owned(),
                message: message.to_owned(),
                fix: "upload the output of `terraform show -json PLANFILE` and propose a new revision"
                    .to_owned(),
            }],
            summary: Summary::default(),
            by_type: BTreeMap::new(),
            plan_hash: String::new(),
            content_hash: content(&subject, "", bundle.digest()).hash()?,
            bundle_digest: bundle.digest().to_owned(),
            demands: Vec::new(),
            reviewed_at: subject.now,
            basis: Basis::from(&subject),
        })
    }
}
