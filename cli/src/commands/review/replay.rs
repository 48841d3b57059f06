//! `headgate review --replay CHANGE`: repeats a stored review from its inputs and compares the results.

use headgate_events::latest::ChangeProposed;
use headgate_review::{Basis, Bundle, Report, Subject, review};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::api::Api;
use crate::args::{Global, Review};
use crate::config::Config;
use crate::fail::Failure;
use crate::{aws, output};

/// Fields of the report that must be equal.
const SAME: [&str; 8] = [
    "verdict",
    "findings",
    "demands",
    "summary",
    "by_type",
    "plan_hash",
    "content_hash",
    "bundle_digest",
];

pub(in crate::commands) fn replay(
    config: &Config,
    global: &Global,
    args: Review,
) -> Result<(), Failure> {
    let change = args.replay.unwrap_or_default();
    let shown = Api::connect(config, global)?.get(&format!("/v1/changes/{change}"))?;
    if shown["review"].is_null() {
        return Err(Failure::Refused(format!("{change} has no review yet")));
    }
    let mut stored: Report = part(&shown, "/review")?;
    if let Some(archive) = &stored.archive {
        // The ledger has only its first findings.
        stored = serde_json::from_slice(&aws::download(config, archive)?)
            .map_err(|e| Failure::Unavailable(format!("cannot read the archived review: {e}")))?;
    }
    let proposed: ChangeProposed = part(&shown, "/proposed")?;
    let bundle = super::bundle(args.policies.as_deref())?;
    if stored.bundle_digest != bundle.digest() {
        return Err(Failure::Usage(format!(
            "{change} was reviewed with policies {}, but these are {}; use the headgate version that the \
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
    let again = again(&bundle, &change, &proposed, &stored, &plan)?;
    let (stored, again) = (json(&stored)?, json(&again)?);
    let differs: Vec<_> = SAME.iter().filter(|m| stored[**m] != again[**m]).copied().collect();
    if global.json {
        output::json(&json!({
            "change_id": change, "same": differs.is_empty(), "differs": differs,
            "stored": stored, "again": again,
        }));
    } else if differs.is_empty() {
        output::line(format!(
            "{change}: the replay is the same: {}, {} findings, content hash {}",
            output::status(again["verdict"].as_str().unwrap_or_default()),
            again["findings"].as_array().map_or(0, Vec::len),
            output::text(&again, "/content_hash"),
        ));
    }
    if differs.is_empty() {
        return Ok(());
    }
    Err(Failure::Refused(format!(
        "{change}: the stored review differs from its replay in: {}",
        differs.join(", ")
    )))
}

fn again(
    bundle: &Bundle,
    change: &str,
    proposed: &ChangeProposed,
    stored: &Report,
    plan: &[u8],
) -> Result<Report, Failure> {
    let ChangeProposed { revision, account, region, lane, agent, dossier, .. } = proposed;
    let Basis { environment, estimated_cents, lane_ceiling } = &stored.basis;
    let subject = Subject {
        change: Some((change, *revision)),
        environment,
        place: Some((account, region)),
        lane: *lane,
        agent: agent.as_ref(),
        dossier: Some(dossier),
        estimated_cents: *estimated_cents,
        lane_ceiling: *lane_ceiling,
        now: stored.reviewed_at,
    };
    review(bundle, subject, plan).map_err(|e| Failure::Refused(super::one_line(&e)))
}

fn part<T: DeserializeOwned>(shown: &Value, pointer: &str) -> Result<T, Failure> {
    let value = shown.pointer(pointer).cloned().unwrap_or_default();
    serde_json::from_value(value)
        .map_err(|e| Failure::Unavailable(format!("cannot read the response of the API: {e}")))
}

fn json(report: &Report) -> Result<Value, Failure> {
    serde_json::to_value(report).map_err(Failure::unavailable)
}
