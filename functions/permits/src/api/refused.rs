//! Records attempts to apply something other than what was approved.

use headgate_domain::records::ChangeHead;
use headgate_events::RevisionRef;
use headgate_events::latest::PermitRefused;
use headgate_http::{ApiError, Principal};
use headgate_ledger::{Key, Transition};
use headgate_outbox::Emit;

use crate::PERMITS;
use crate::deps::Api;

/// Error codes of refusals because the content, the plan or the plan file is not the approved one.
const OTHER_CONTENT: [&str; 3] =
    ["content_hash_mismatch", "plan_hash_mismatch", "plan_file_mismatch"];

/// If the result is such a refusal, publishes `permit.refused`: once for each code, revision and principal,
/// even if the attempt is repeated.
pub(super) async fn on_record<T>(
    api: &Api,
    principal: &Principal,
    about: RevisionRef<'_>,
    result: Result<T, ApiError>,
) -> Result<T, ApiError> {
    if let Err(refusal) = &result
        && OTHER_CONTENT.contains(&refusal.code())
    {
        record(api, principal, about, refusal.code()).await?;
    }
    result
}

async fn record(
    api: &Api,
    principal: &Principal,
    RevisionRef { change, revision }: RevisionRef<'_>,
    code: &str,
) -> Result<(), ApiError> {
    let flow = &api.flow;
    let Some(head) = flow.ledger.get::<ChangeHead>(&Key::change(change)).await? else {
        return Ok(());
    };
    let now = (flow.clock)();
    let once = format!("{code} {}", principal.id);
    let emit = Emit::new(flow.function, now, &head.value.engagement_id)
        .traced(headgate_http::traceparent())
        .by(principal.actor());
    let out = emit.event(
        (change.as_str(), revision),
        &once,
        PermitRefused { revision, code: code.to_owned() },
    )?;
    let marker = Key::marker(PERMITS, &format!("permit.refused/{change}/{revision}/{once}"));
    flow.apply(&Transition::new().publishing(out).marked(marker, now)).await?;
    Ok(())
}
