//! `headgate review --replay CHANGE`: repeats a stored review from its inputs and compares the results.

use headgate_api_types::changes::Change;
use headgate_domain::content::file_list;
use headgate_domain::files::FileList;
use headgate_events::latest::ChangeProposed;
use headgate_events::{ChangeId, RevisionRef};
use headgate_review::{Basis, Bundle, EvidenceText, Report, Scan, Subject, ValuesFile, review};
use serde_json::json;

use crate::api::Api;
use crate::args::{Global, Review};
use crate::config::Config;
use crate::fail::Failure;
use crate::{aws, output};

pub(in crate::commands) fn replay(
    config: &Config,
    global: &Global,
    args: Review,
) -> Result<(), Failure> {
    let change = args.replay.unwrap_or_default();
    let shown = Api::connect(config, global)?.get::<Change>(&format!("/v1/changes/{change}"))?;
    let (Some(mut stored), Some(proposed)) = (shown.value.review, shown.value.proposed) else {
        return Err(Failure::Refused(format!("{change} has no review yet")));
    };
    if let Some(archive) = &stored.archive {
        // The ledger has only its first findings.
        stored = serde_json::from_slice(&aws::download(config, archive)?)
            .map_err(|e| Failure::Unavailable(format!("cannot read the archived review: {e}")))?;
    }
    let bundle = super::bundle(args.policies.as_deref())?;
    if stored.bundle_digest != *bundle.digest() {
        return Err(Failure::Usage(format!(
            "{change} was reviewed with policies {}, but yours are {}; use the headgate version that the \
             fleet ran then, and pass --policies if the fleet has its own policies",
            stored.bundle_digest,
            bundle.digest()
        )));
    }
    if stored.plan_hash.is_empty() {
        return Err(Failure::Refused(format!(
            "{change} was sent back because an artifact could not be read; there is nothing to replay"
        )));
    }
    let plan = aws::download(config, &proposed.dossier.plan)?;
    let files = file_list(&proposed.dossier)
        .map(|list| FileList::parse(&aws::download(config, list)?).map_err(Failure::unavailable));
    let files = files.transpose()?;
    let scans = aws::scans(config, &stored.basis.own_scans, &proposed.dossier)?;
    let (evidence, values) = aws::evidence(config, &proposed.dossier)?;
    let attached =
        Attached { files: files.as_ref(), scans: &scans, evidence: &evidence, values: &values };
    let again = again(&bundle, (&change, &proposed), &stored, &plan, attached)?;
    let differs = differences(&stored, &again);
    if global.json {
        output::json(&json!({
            "change_id": change, "same": differs.is_empty(), "differs": differs,
            "stored": stored, "again": again,
        }));
    } else if differs.is_empty() {
        output::line_with(
            format!("{change}: the replay matches the stored review: "),
            &output::name(&again.verdict),
            format!(", {} findings, content hash {}", again.findings.len(), again.content_hash),
        );
    }
    if differs.is_empty() {
        return Ok(());
    }
    Err(Failure::Refused(format!(
        "{change}: the stored review differs from its replay in: {}",
        differs.join(", ")
    )))
}

/// What the review read besides the plan.
struct Attached<'a> {
    files: Option<&'a FileList>,
    scans: &'a [Scan],
    evidence: &'a [EvidenceText],
    values: &'a [ValuesFile],
}

fn again(
    bundle: &Bundle,
    (change, proposed): (&ChangeId, &ChangeProposed),
    stored: &Report,
    plan: &[u8],
    attached: Attached<'_>,
) -> Result<Report, Failure> {
    let Attached { files, scans, evidence, values } = attached;
    let ChangeProposed { revision, account, region, lane, agent, dossier, .. } = proposed;
    let Basis { environment, estimated_cents, lane_ceiling, .. } = &stored.basis;
    let subject = Subject {
        change: Some(RevisionRef { change, revision: *revision }),
        environment,
        place: Some((account, region)),
        lane: *lane,
        agent: agent.as_ref(),
        dossier: Some(dossier),
        files,
        state: stored.state.as_ref(),
        scans,
        evidence,
        values,
        estimated_cents: *estimated_cents,
        lane_ceiling: *lane_ceiling,
        now: stored.reviewed_at,
    };
    review(bundle, subject, plan).map_err(|e| Failure::Refused(super::one_line(&e)))
}

/// The fields of the report that differ. Its time and its basis are inputs of the replay, so they are the same.
fn differences(stored: &Report, again: &Report) -> Vec<&'static str> {
    let equal = [
        ("verdict", stored.verdict == again.verdict),
        ("findings", stored.findings == again.findings),
        ("demands", stored.demands == again.demands),
        ("access", stored.access.is_none() || stored.access == again.access),
        ("summary", stored.summary == again.summary),
        ("by_type", stored.by_type == again.by_type),
        ("plan_hash", stored.plan_hash == again.plan_hash),
        ("effect_hash", stored.effect_hash == again.effect_hash),
        ("content_hash", stored.content_hash == again.content_hash),
        ("bundle_digest", stored.bundle_digest == again.bundle_digest),
    ];
    equal.into_iter().filter(|(_, equal)| !equal).map(|(name, _)| name).collect()
}
