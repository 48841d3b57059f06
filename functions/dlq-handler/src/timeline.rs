//! The timeline that quarantine events belong to.

use headgate_domain::quarantine::Entry;
use headgate_events::Actor;
use headgate_outbox::{Emit, Flow};

/// Engagement of events that belong to no other: actions on groups, and messages that cannot be read. The dot
/// keeps it apart: ids of other engagements cannot contain one.
pub const TIMELINE: &str = "headgate.quarantine";

/// Emits events about an entry on the timeline of its engagement, or on [`TIMELINE`] if that is unknown.
pub(crate) fn emit(flow: &Flow, entry: &Entry, actor: Actor) -> Emit {
    let engagement = entry.engagement_id.clone().unwrap_or_else(|| TIMELINE.into());
    let emit = Emit::new(flow.function, (flow.clock)(), &engagement).by(actor);
    match &entry.event_id {
        Some(event_id) => emit.caused_by(event_id, None),
        None => emit,
    }
}
