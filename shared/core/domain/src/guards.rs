//! Checks before a proposal is stored. They report every broken rule, not only the first. The checks before
//! it passes review are policies (`policies/guards.rego`).

use headgate_events::latest::ChangeProposed;
use headgate_events::{Artifact, ChangeId, Dossier, Reason};

use crate::environment::Environment;
use crate::ids;

/// Maximum number of evidence artifacts in a dossier.
pub const MAX_EVIDENCE: usize = 32;
/// Maximum size of an artifact, in bytes. A plan is parsed in memory.
pub const MAX_ARTIFACT_BYTES: u64 = 20 * 1024 * 1024;

/// Reasons to refuse a proposal that are visible in the proposal itself.
#[must_use]
pub fn admission(
    change_id: &ChangeId,
    proposed: &ChangeProposed,
    environment: Result<&Environment, String>,
) -> Vec<Reason> {
    let mut out = Vec::new();
    let mut refuse = |code, message: String| out.push(Reason::new(code, message));
    for (what, id) in
        [("change", change_id.as_str()), ("engagement", proposed.engagement_id.as_str())]
    {
        if !ids::is_valid(id) {
            refuse(
                "id_invalid",
                format!(
                    "the {what} id must be 1 to 64 characters of a-z, 0-9 and -, and begin with a letter or digit"
                ),
            );
        }
    }
    if proposed.revision == 0 {
        refuse("revision_invalid", "the revision must be 1 or more".to_owned());
    }
    match environment {
        Err(known) => refuse(
            "environment_unknown",
            format!(
                "this fleet has no environment `{}`; use one of: {known}",
                proposed.environment
            ),
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
        }
    }
    let Dossier { why, owner, fallback_owner, evidence, plan, .. } = &proposed.dossier;
    for (what, value) in [
        ("why", why.as_str()),
        ("owner", owner.as_str()),
        ("fallback_owner", fallback_owner.as_str()),
    ] {
        if value.trim().is_empty() {
            refuse("dossier_incomplete", format!("dossier.{what} must not be empty"));
        }
    }
    if evidence.len() > MAX_EVIDENCE {
        refuse(
            "evidence_excessive",
            format!("a dossier has at most {MAX_EVIDENCE} evidence artifacts"),
        );
    }
    for artifact in std::iter::once(plan).chain(evidence) {
        artifact_shape(artifact, &mut refuse);
    }
    out
}

fn artifact_shape(artifact: &Artifact, refuse: &mut impl FnMut(&'static str, String)) {
    let Artifact { uri, sha256, bytes, media_type } = artifact;
    let visible = |b: u8| (b' '..=b'~').contains(&b);
    if !(1..=255).contains(&media_type.len()) || !media_type.bytes().all(visible) {
        refuse(
            "media_type_invalid",
            format!("the media type of {uri} must be 1 to 255 printable ASCII characters"),
        );
    }
    let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    if sha256.len() != 64 || !sha256.chars().all(hex) {
        refuse(
            "artifact_digest_invalid",
            format!("sha256 of {uri} must be 64 lower-case hex digits"),
        );
    }
    if *bytes > MAX_ARTIFACT_BYTES {
        let limit = MAX_ARTIFACT_BYTES / (1024 * 1024);
        refuse("artifact_oversized", format!("{uri} is larger than the limit of {limit} MiB"));
    }
}
