//! The machine's review of what a phase has made: deliverables, their sections, and the acceptance criteria.

use std::collections::BTreeSet;

use headgate_domain::canonical::{NotCanonical, digest};
use headgate_domain::text::one_line;
use headgate_events::{
    ContentHash, CriterionState, Deliverable, EngagementId, Finding, Severity, Verdict,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::kind::{Criteria, Phase};
use crate::submission::Submission;
use crate::templates::{TEMPLATES, missing_sections, template};

/// Longest text of a finding, in bytes.
const MAX_TEXT: usize = 500;

/// A review, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PhaseReview {
    /// Id of the phase.
    pub phase: String,
    /// The attempt whose result was reviewed.
    pub attempt: u32,
    /// What the review says.
    pub verdict: Verdict,
    /// Hash of the content that was reviewed: each vote must name it.
    pub content_hash: ContentHash,
    /// What it found.
    pub findings: Vec<Finding>,
    /// Each acceptance criterion, as the review counts it.
    pub criteria: Vec<Judged>,
}

impl headgate_events::Versioned for PhaseReview {}

/// An acceptance criterion, as the review counts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Judged {
    /// Id of the criterion: `ac-1`, `ac-2` and so on, in the order of the engagement.
    pub id: String,
    /// The criterion.
    pub text: String,
    /// Met only if a deliverable that can be read shows it.
    pub state: CriterionState,
}

/// Why a deliverable could not be read: it is missing, too large, or has another digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread(pub String);

/// What is reviewed.
#[derive(Debug, Clone, Copy)]
pub struct Reviewed<'a> {
    /// Id of the engagement.
    pub engagement: &'a EngagementId,
    /// The phase.
    pub phase: &'a Phase,
    /// The attempt.
    pub attempt: u32,
    /// Its result.
    pub submission: &'a Submission,
    /// Acceptance criteria of the engagement, in order.
    pub criteria: &'a [String],
    /// The text of each deliverable, in order; `None` if it is no text.
    pub texts: &'a [Result<Option<String>, Unread>],
}

/// Everything that a decision on the result of a phase is bound to.
#[derive(Serialize)]
struct Content<'a> {
    engagement: &'a EngagementId,
    phase: &'a str,
    attempt: u32,
    submission: &'a Submission,
    criteria: &'a [Judged],
}

/// Reviews the result of a phase. `found` are findings of other searches, in the texts.
///
/// # Errors
/// [`NotCanonical`] if the result has no canonical form.
pub fn review(subject: &Reviewed<'_>, found: Vec<Finding>) -> Result<PhaseReview, NotCanonical> {
    let Reviewed { engagement, phase, attempt, submission, .. } = *subject;
    let mut findings = found;
    deliverables(subject, &mut findings);
    let criteria = criteria(subject, &mut findings);
    if submission.summary.trim().is_empty() {
        let what = ("phase.summary_missing", "summary");
        findings.push(finding(
            what,
            Severity::Error,
            "the result has no summary",
            "say in a few sentences what was done",
        ));
    }
    let worst = findings.iter().map(|f| f.severity).max();
    let content =
        Content { engagement, phase: &phase.id, attempt, submission, criteria: &criteria };
    Ok(PhaseReview {
        phase: phase.id.clone(),
        attempt,
        verdict: match worst {
            Some(Severity::Critical) => Verdict::Block,
            Some(Severity::Error) => Verdict::Revise,
            _ => Verdict::Pass,
        },
        content_hash: ContentHash::from(digest(&content)?.as_str()),
        findings,
        criteria,
    })
}

fn finding(
    (rule, resource): (&str, &str),
    severity: Severity,
    message: &str,
    fix: &str,
) -> Finding {
    // It may quote what was reported, however long.
    let short = |text: &str| one_line(text, MAX_TEXT);
    Finding {
        rule: rule.to_owned(),
        severity,
        resource: short(resource),
        message: short(message),
        fix: short(fix),
    }
}

fn deliverables(subject: &Reviewed<'_>, findings: &mut Vec<Finding>) {
    let Reviewed { phase, submission, texts, .. } = subject;
    let mut names = BTreeSet::new();
    let mut have = BTreeSet::new();
    let mut error = |rule, name: &str, message: String, fix: &str| {
        findings.push(finding((rule, name), Severity::Error, &message, fix));
    };
    for (nth, Deliverable { name, template: claimed, .. }) in
        submission.deliverables.iter().enumerate()
    {
        if name.trim().is_empty() || !names.insert(name) {
            let message = format!("the name `{name}` is empty or there twice");
            error(
                "phase.deliverable_name",
                name,
                message,
                "give each deliverable a name of its own",
            );
        }
        let text = match texts.get(nth) {
            Some(Ok(text)) => text.as_deref(),
            Some(Err(Unread(why))) => {
                error(
                    "phase.deliverable_unreadable",
                    name,
                    why.clone(),
                    "upload it again, and report its digest and size",
                );
                continue;
            }
            None => {
                error(
                    "phase.deliverable_unreadable",
                    name,
                    "it was not read".to_owned(),
                    "report the result again",
                );
                continue;
            }
        };
        let Some(claimed) = claimed else { continue };
        let Some(known) = template(claimed) else {
            let all: Vec<_> = TEMPLATES.iter().map(|(name, _)| *name).collect();
            let message = format!("there is no template `{claimed}`");
            error(
                "phase.template_unknown",
                name,
                message,
                &format!("use one of: {}", all.join(", ")),
            );
            continue;
        };
        let missing = text.map_or_else(|| vec!["any text"], |text| missing_sections(known, text));
        if missing.is_empty() {
            have.insert(claimed.as_str());
        } else {
            let message =
                format!("sections of `{claimed}` are missing or empty: {}", missing.join(", "));
            error(
                "phase.template_sections",
                name,
                message,
                "write something below each heading of the template",
            );
        }
    }
    for wanted in phase.deliverables.iter().filter(|wanted| !have.contains(wanted.as_str())) {
        let message =
            format!("phase `{}` needs a deliverable of the template `{wanted}`", phase.id);
        error(
            "phase.deliverable_missing",
            wanted,
            message,
            "make it from the template: `headgate engagement template NAME`",
        );
    }
}

fn criteria(subject: &Reviewed<'_>, findings: &mut Vec<Finding>) -> Vec<Judged> {
    let Reviewed { phase, submission, texts, .. } = subject;
    let readable = |name: &String| {
        let at = submission.deliverables.iter().position(|d| d.name == *name);
        at.and_then(|at| texts.get(at)).is_some_and(Result::is_ok)
    };
    let asked = phase.criteria != Criteria::Ignored;
    let severity =
        if phase.criteria == Criteria::Met { Severity::Error } else { Severity::Warning };
    let mut judged = Vec::new();
    for (nth, text) in subject.criteria.iter().enumerate() {
        let id = format!("ac-{}", nth + 1);
        let mut said = submission.criteria.iter().filter(|c| c.id == id);
        let state = match (said.next(), said.next()) {
            (Some(result), None) => {
                let shown = !result.evidence.is_empty() && result.evidence.iter().all(readable);
                match result.state {
                    CriterionState::Met if !shown => {
                        let why =
                            "it is said to be met, but no deliverable that can be read shows it";
                        findings.push(finding(
                            ("phase.criterion_evidence", &id),
                            severity,
                            why,
                            "name the deliverables that show it",
                        ));
                        CriterionState::Unverified
                    }
                    state => state,
                }
            }
            (None, _) => {
                if asked {
                    findings.push(finding(
                        ("phase.criterion_missing", &id),
                        Severity::Error,
                        "the result says nothing of this criterion",
                        "say whether it is met, not met or unverified",
                    ));
                }
                CriterionState::Unverified
            }
            (Some(_), Some(_)) => {
                findings.push(finding(
                    ("phase.criterion_twice", &id),
                    Severity::Error,
                    "the result speaks of this criterion twice",
                    "say it once",
                ));
                CriterionState::Unverified
            }
        };
        if asked && state != CriterionState::Met {
            let word = if state == CriterionState::NotMet { "not met" } else { "unverified" };
            findings.push(finding(
                ("phase.criterion_open", &id),
                severity,
                &format!("{word}: {text}"),
                "meet it, and show it with a deliverable",
            ));
        }
        judged.push(Judged { id, text: text.clone(), state });
    }
    let unknown = submission.criteria.iter().filter(|c| !judged.iter().any(|j| j.id == c.id));
    for result in unknown {
        let fix =
            format!("the engagement has {} criteria, `ac-1` and so on", subject.criteria.len());
        findings.push(finding(
            ("phase.criterion_unknown", &result.id),
            Severity::Error,
            "the engagement has no such criterion",
            &fix,
        ));
    }
    judged
}

#[cfg(test)]
mod tests;
