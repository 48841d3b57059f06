//! The report on a proposal with an artifact that cannot be read: one finding, and the verdict `revise`.

use std::collections::BTreeMap;

use headgate_domain::canonical::NotCanonical;
use headgate_domain::plan::Summary;
use headgate_events::{EffectHash, Finding, PlanHash, Severity, Verdict};

use crate::bundle::Bundle;
use crate::report::{Basis, Report, capped, content};
use crate::subject::Subject;

/// An artifact that cannot be read, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    rule: &'static str,
    resource: &'static str,
    message: String,
    fix: &'static str,
}

impl Unreadable {
    /// The plan's JSON.
    #[must_use]
    pub fn plan(message: String) -> Self {
        let fix = "upload the output of `terraform show -json PLANFILE` and propose a new revision";
        Self { rule: "plan.unreadable", resource: "dossier.plan", message, fix }
    }

    /// The plan's JSON is gone, or is not what the dossier says.
    #[must_use]
    pub fn changed(message: String) -> Self {
        Self { rule: "plan.changed", ..Self::plan(message) }
    }

    /// The plan takes the policies too long.
    #[must_use]
    pub fn slow(message: String) -> Self {
        let fix = "propose the change in smaller plans; if small plans take as long, tell an operator that a policy is slow";
        Self { rule: "policy.slow", resource: "dossier.plan", message, fix }
    }

    /// The plan file.
    #[must_use]
    pub fn plan_file(message: String) -> Self {
        let fix = "attach the file that `terraform plan -out` wrote and propose a new revision";
        Self { rule: "plan_file.unreadable", resource: "dossier.evidence", message, fix }
    }

    /// The list of local files.
    #[must_use]
    pub fn files(message: String) -> Self {
        let fix = "let `headgate change submit` make the list and propose a new revision";
        Self { rule: "files.unreadable", resource: "dossier.evidence", message, fix }
    }

    /// Results of a scanner.
    #[must_use]
    pub fn scan(message: String) -> Self {
        let fix = "attach a SARIF 2.1.0 log with --scan and propose a new revision";
        Self { rule: "scan.unreadable", resource: "dossier.evidence", message, fix }
    }

    /// Other evidence, which is gone or is not what the dossier says.
    #[must_use]
    pub fn evidence(message: String) -> Self {
        let fix = "upload the evidence again and propose a new revision";
        Self { rule: "evidence.unreadable", resource: "dossier.evidence", message, fix }
    }

    /// Values of variables.
    #[must_use]
    pub fn values(message: String) -> Self {
        let fix =
            "let `headgate change submit --var-file` read the file and propose a new revision";
        Self { rule: "values.unreadable", resource: "dossier.evidence", message, fix }
    }

    /// The cost estimate.
    #[must_use]
    pub fn cost(message: String) -> Self {
        let fix = "attach the output of `infracost diff --format json` and propose a new revision";
        Self { rule: "cost.unreadable", resource: "dossier.evidence", message, fix }
    }

    /// The report.
    ///
    /// # Errors
    /// [`NotCanonical`].
    pub fn report(self, bundle: &Bundle, subject: Subject<'_>) -> Result<Report, NotCanonical> {
        let Self { rule, resource, message, fix } = self;
        Ok(Report {
            verdict: Verdict::Revise,
            // A message may quote what was uploaded, however long.
            findings: vec![capped(Finding {
                rule: rule.to_owned(),
                severity: Severity::Error,
                resource: resource.to_owned(),
                message,
                fix: fix.to_owned(),
            })],
            summary: Summary::default(),
            by_type: BTreeMap::new(),
            plan_hash: PlanHash::default(),
            effect_hash: EffectHash::default(),
            prior_state_sha256: None,
            config_sha256: None,
            state: None,
            content_hash: content(&subject, &PlanHash::default(), bundle.digest()).hash()?,
            bundle_digest: bundle.digest().clone(),
            demands: Vec::new(),
            access: None,
            reviewed_at: subject.now,
            basis: Basis::from(&subject),
            archive: None,
        })
    }
}
