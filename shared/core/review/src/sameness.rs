//! Whether a decision on one revision can stand for the next.

use headgate_domain::content::file_list;
use headgate_domain::records::Revision;
use headgate_domain::state::PlannedState;
use headgate_events::Dossier;
use headgate_events::latest::ChangeProposed;

use crate::report::Report;

/// A revision and its review.
#[derive(Debug, Clone, Copy)]
pub struct Reviewed<'a> {
    /// The revision.
    pub revision: &'a Revision,
    /// Its review.
    pub report: &'a Report,
}

impl Reviewed<'_> {
    /// The differences between this revision and the next that matter to a voter. Without any, both plans have the same effect on the
    /// same state, from the same configuration and files, under the same policies, with credentials for the same.
    ///
    /// The effect hash alone would not do. A plan's JSON leaves out the literal parts of a template whose value is not known yet
    /// (`"rm ${x}"`), so the configuration in the plan file must be the same as well; and such a value, a provisioner or a provider's
    /// setting can come from any resource or data source, so the prior state must be the same, too. Reason, evidence and the time of
    /// planning may differ.
    #[must_use]
    pub fn differs(&self, next: &Self) -> Vec<&'static str> {
        let (a, b) = (self.report, next.report);
        let (p, q) = (&self.revision.proposed, &next.revision.proposed);
        let effect = !a.effect_hash.is_empty() && a.effect_hash == b.effect_hash;
        let same = [
            ("effect", effect),
            ("policies", a.bundle_digest == b.bundle_digest && a.demands == b.demands),
            ("findings", same_findings(a, b)),
            ("cost", same_cost(self, next)),
            ("environment", a.basis.environment == b.basis.environment && same_target(p, q)),
            ("access", a.access == b.access),
            ("prior state", a.prior_state_sha256 == b.prior_state_sha256),
            ("configuration", a.config_sha256 == b.config_sha256),
            ("state", same_state(a.state.as_ref(), b.state.as_ref())),
            ("files", sha256_of_files(&p.dossier) == sha256_of_files(&q.dossier)),
            ("agent", p.agent == q.agent),
            ("dossier", same_words(&p.dossier, &q.dossier)),
        ];
        same.into_iter().filter(|(_, same)| !same).map(|(name, _)| name).collect()
    }
}

/// Of an archived report, the ledger has only the first findings.
fn same_findings(a: &Report, b: &Report) -> bool {
    let rest = |report: &Report| report.archive.as_ref().map(|archive| archive.sha256.clone());
    a.verdict == b.verdict && a.findings == b.findings && (rest(a).is_none() && rest(b).is_none())
}

fn same_cost(a: &Reviewed<'_>, b: &Reviewed<'_>) -> bool {
    let cost = |reviewed: &Reviewed<'_>| {
        let declared = reviewed.revision.proposed.dossier.monthly_cost_delta_cents;
        (declared, reviewed.report.basis.estimated_cents)
    };
    cost(a) == cost(b)
}

fn same_target(a: &ChangeProposed, b: &ChangeProposed) -> bool {
    let target =
        |p: &ChangeProposed| (p.environment.clone(), p.account.clone(), p.region.clone(), p.lane);
    target(a) == target(b)
}

fn same_state(a: Option<&PlannedState>, b: Option<&PlannedState>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.is_same_place(b),
        (None, None) => true,
        _ => false,
    }
}

fn sha256_of_files(dossier: &Dossier) -> Option<&str> {
    file_list(dossier).map(|list| list.sha256.as_str())
}

/// What an approver relies on besides the plan. New reasons and new evidence for the same thing do not matter.
fn same_words(a: &Dossier, b: &Dossier) -> bool {
    let Dossier {
        why: _,
        affected_systems,
        plan: _,
        evidence: _,
        blast_radius,
        rollback,
        monthly_cost_delta_cents: _,
        owner,
        fallback_owner,
        rollout,
    } = a;
    *affected_systems == b.affected_systems
        && *blast_radius == b.blast_radius
        && *rollback == b.rollback
        && (owner, fallback_owner) == (&b.owner, &b.fallback_owner)
        && *rollout == b.rollout
}
