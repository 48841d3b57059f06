//! What must hold besides policy: before a proposal is stored ([`admission`]) and before it passes
//! review ([`review`]). Every broken rule is reported, not only the first.

use headgate_events::latest::ChangeProposed;
use headgate_events::{Artifact, Dossier, Finding, Lane, Reason, Severity};

use crate::environment::Environment;
use crate::ids;
use crate::plan::Summary;

/// Most evidence artifacts a dossier may carry.
pub const MAX_EVIDENCE: usize = 32;
/// Largest artifact, in bytes. A plan is parsed in memory.
pub const MAX_ARTIFACT_BYTES: u64 = 20 * 1024 * 1024;

/// Reasons to turn a proposal away that can be seen in the proposal itself.
#[must_use]
pub fn admission(
    change_id: &str,
    proposed: &ChangeProposed,
    environment: Result<&Environment, String>,
) -> Vec<Reason> {
    let mut out = Vec::new();
    let mut refuse = |code, message: String| out.push(Reason::new(code, message));
    for (what, id) in [("change", change_id), ("engagement", &*proposed.engagement_id)] {
        if !ids::is_valid(id) {
            refuse(
                "id_invalid",
                format!("the {what} id must be 1 to 64 characters of a-z, 0-9 and -"),
            );
        }
    }
    if proposed.revision == 0 {
        refuse("revision_invalid", "revisions count from 1".to_owned());
    }
    match environment {
        Err(known) => refuse(
            "environment_unknown",
            format!("environment `{}` is not served here; known: {known}", proposed.environment),
        ),
        Ok(e) => {
            for (code, what, given, expected) in [
                ("account_mismatch", "account", &proposed.account, &e.account),
                ("region_mismatch", "region", &proposed.region, &e.region),
            ] {
                if given != expected {
                    refuse(
                        code,
                        format!("environment `{}` has {what} {expected}, not {given}", e.name),
                    );
                }
            }
            if e.name == "prod" && matches!(&proposed.agent, Some(a) if a.human_owner.is_none()) {
                refuse(
                    "human_owner_missing",
                    "for prod the agent needs a human owner: send change.proposed.v2".to_owned(),
                );
            }
        }
    }
    let Dossier { why, owner, fallback_owner, evidence, plan, .. } = &proposed.dossier;
    for (what, value) in [("why", why), ("owner", owner), ("fallback_owner", fallback_owner)] {
        if value.trim().is_empty() {
            refuse("dossier_incomplete", format!("dossier.{what} must not be empty"));
        }
    }
    if evidence.len() > MAX_EVIDENCE {
        refuse("evidence_excessive", format!("at most {MAX_EVIDENCE} evidence artifacts"));
    }
    for artifact in std::iter::once(plan).chain(evidence) {
        artifact_shape(artifact, &mut refuse);
    }
    out
}

fn artifact_shape(artifact: &Artifact, refuse: &mut impl FnMut(&'static str, String)) {
    let Artifact { uri, sha256, bytes, media_type: _ } = artifact;
    let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    if sha256.len() != 64 || !sha256.chars().all(hex) {
        refuse("artifact_digest_invalid", format!("sha256 of {uri} must be 64 lower-case hex"));
    }
    if *bytes > MAX_ARTIFACT_BYTES {
        let limit = MAX_ARTIFACT_BYTES / (1024 * 1024);
        refuse("artifact_oversized", format!("{uri} is larger than {limit} MiB"));
    }
}

/// Words in a blast radius that people must see before they decide.
const ALARMING: [&str; 6] =
    ["irreversible", "data loss", "all customers", "outage", "downtime", "unknown"];
/// Words that own up to destruction.
const DESTRUCTIVE: [&str; 6] = ["delet", "destro", "replac", "remov", "recreat", "drop"];

/// Findings about a proposal as a whole, to stand beside those of the policies.
#[must_use]
pub fn review(
    proposed: &ChangeProposed,
    environment: &Environment,
    summary: &Summary,
) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut find = |rule: &str, severity, resource: &str, message: String, fix: &str| {
        out.push(Finding {
            rule: rule.to_owned(),
            severity,
            resource: resource.to_owned(),
            message,
            fix: fix.to_owned(),
        });
    };
    let Dossier { blast_radius, rollback, monthly_cost_delta_cents, evidence, .. } =
        &proposed.dossier;
    if proposed.account != environment.account || proposed.region != environment.region {
        find(
            "guard.account_region",
            Severity::Critical,
            "dossier",
            format!("the change is for another account or region than {}", environment.name),
            "propose it for the environment that it is meant for",
        );
    }
    match proposed.lane {
        Lane::ReadOnly if summary.total() > 0 => find(
            "guard.lane",
            Severity::Error,
            "lane",
            format!("the read_only lane cannot carry {} changes", summary.total()),
            "propose it in the execute lane",
        ),
        Lane::Execute if evidence.is_empty() => find(
            "guard.evidence",
            Severity::Error,
            "dossier.evidence",
            "the execute lane needs evidence and none is attached".to_owned(),
            "attach a test report or the output of a dry run",
        ),
        _ => {}
    }
    let radius = blast_radius.to_lowercase();
    if radius.split_whitespace().count() < 3 {
        find(
            "guard.blast_radius",
            Severity::Error,
            "dossier.blast_radius",
            "the blast radius is not described".to_owned(),
            "say in a sentence what breaks, and for whom, if this goes wrong",
        );
    } else if summary.is_destructive() && !DESTRUCTIVE.iter().any(|w| radius.contains(w)) {
        find(
            "guard.blast_radius_destruction",
            Severity::Error,
            "dossier.blast_radius",
            format!(
                "the plan replaces {} and deletes {} resources, which the blast radius does not say",
                summary.replace, summary.delete
            ),
            "name what is deleted or replaced, and what is lost with it",
        );
    }
    for word in ALARMING.iter().filter(|w| radius.contains(**w)) {
        find(
            "guard.blast_radius_alarm",
            Severity::Warning,
            "dossier.blast_radius",
            format!("the proposer writes of \"{word}\""),
            "read the blast radius before you decide",
        );
    }
    if rollback.split_whitespace().count() < 2 {
        find(
            "guard.rollback",
            Severity::Error,
            "dossier.rollback",
            "no way back is given".to_owned(),
            "write the command or the steps that undo the change",
        );
    }
    let limit = environment.monthly_cost_limit_cents;
    match monthly_cost_delta_cents {
        None => find(
            "guard.cost_unknown",
            Severity::Error,
            "dossier.monthly_cost_delta_cents",
            "the monthly cost is not given".to_owned(),
            "estimate it; 0 is an answer",
        ),
        Some(cents) if *cents > limit => find(
            "guard.cost_limit",
            Severity::Error,
            "dossier.monthly_cost_delta_cents",
            format!("{cents} cents a month is over the limit of {limit} for {}", environment.name),
            "make it cheaper, or have the limit of the environment raised",
        ),
        Some(_) => {}
    }
    out
}
