//! Giving up a group of messages, for good.

use headgate_events::Actor;
use headgate_events::latest::{MessageRedriven, RedriveOutcome};
use headgate_flow::{Flow, Handled};
use headgate_ledger::{Key, Order, Transition};
use serde::Serialize;

use crate::entry::{Entry, State};
use crate::quarantine::emit;

/// Messages that one call gives up: as many as fit into an API request.
const AT_ONCE: i32 = 50;

/// What was given up, or would be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Discarded {
    /// Messages that this call gave up.
    pub discarded: u64,
    /// Messages that are still waiting, as far as the list knows.
    pub left: u64,
}

/// Gives up to fifty waiting messages of a group up. Bodies stay until the bucket's lifecycle ends them.
///
/// # Errors
/// [`Handled`].
pub async fn discard(
    flow: &Flow,
    fingerprint: &str,
    actor: &Actor,
    reason: &str,
) -> Result<Discarded, Handled> {
    let list = Entry::list(fingerprint, true);
    let page = flow.ledger.list::<Entry>(&list, Order::OldestFirst, AT_ONCE, None).await?;
    let mut discarded = 0;
    for listed in &page.items {
        discarded += u64::from(one(flow, &listed.value.quarantine_id, actor, reason).await?);
    }
    let left = flow.ledger.count(&list).await?;
    Ok(Discarded { discarded, left })
}

/// How many messages would be given up.
///
/// # Errors
/// [`Handled`].
pub async fn preview(flow: &Flow, fingerprint: &str) -> Result<Discarded, Handled> {
    Ok(Discarded { discarded: 0, left: flow.ledger.count(&Entry::list(fingerprint, true)).await? })
}

/// Whether this call gave the message up.
async fn one(flow: &Flow, id: &str, actor: &Actor, reason: &str) -> Result<bool, Handled> {
    let key = Entry::key(id);
    let found = flow.ledger.get::<Entry>(&key).await?;
    let Some(stored) = found.filter(|s| s.value.state.is_open()) else { return Ok(false) };
    let entry = Entry { state: State::Discarded, ..stored.value };
    let said = MessageRedriven {
        quarantine_id: id.to_owned(),
        redrive: entry.redrives,
        outcome: RedriveOutcome::Discarded,
        fingerprint: Some(entry.fingerprint.clone()),
        run_id: None,
        reason: reason.to_owned(),
    };
    let out = emit(flow, &entry, actor.clone()).event((id, entry.redrives), "discarded", said)?;
    let transition = Transition::new()
        .put(&key, &entry, Some(stored.version), Some(&entry.listing()))?
        .publishing(out)
        .marked(Key::marker("discard", id), (flow.clock)());
    // A conflict means that somebody else moved it meanwhile; the next call looks again.
    Ok(flow.apply(&transition).await? == headgate_ledger::Commit::Applied)
}
