//! Somebody wanted to apply something else than was approved: that goes on record.

use headgate_events::latest::PermitRefused;
use headgate_flow::Emit;
use headgate_http::Principal;
use headgate_ledger::{ChangeHead, Key, Transition};

use crate::GATE;
use crate::api::{Api, Failure};

/// Refusals that say: this is not what was approved.
const OTHER_CONTENT: [&str; 3] =
    ["content_hash_mismatch", "plan_hash_mismatch", "plan_file_mismatch"];

/// Publishes a refusal for other content, once for each reason, revision and principal however often it is tried.
pub(super) async fn on_record<T>(
    api: &Api,
    principal: &Principal,
    (change, revision): (&str, u32),
    result: Result<T, Failure>,
) -> Result<T, Failure> {
    if let Err(Failure::Said(refusal)) = &result
        && OTHER_CONTENT.contains(&refusal.code())
    {
        record(api, principal, (change, revision), refusal.code()).await?;
    }
    result
}

async fn record(
    api: &Api,
    principal: &Principal,
    (change, revision): (&str, u32),
    code: &str,
) -> Result<(), Failure> {
    let flow = &api.flow;
    let Some(head) = flow.ledger.get::<ChangeHead>(&Key::change(change)).await? else {
        return Ok(());
    };
    let now = (flow.clock)();
    let once = format!("{code} {}", principal.id);
    let emit = Emit::new(flow.function, now, &head.value.engagement_id)
        .traced(headgate_http::traceparent())
        .by(principal.actor());
    let out =
        emit.event((change, revision), &once, PermitRefused { revision, code: code.to_owned() })?;
    let marker = Key::marker(GATE, &format!("permit.refused/{change}/{revision}/{once}"));
    flow.apply(&Transition::new().publishing(out).marked(marker, now)).await?;
    Ok(())
}
