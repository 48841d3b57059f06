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

/// Messages that are counted; what is more is as many.
const MOST_COUNTED: u64 = 1_000;

/// What was given up, or would be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Discarded {
    /// Messages that this call gave up.
    pub discarded: u64,
    /// Messages that are still waiting, as far as the list knows; 1,000 stands for as many or more.
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
    heal(flow, fingerprint).await?;
    let left = flow.ledger.count(&list, MOST_COUNTED).await?;
    Ok(Discarded { discarded, left })
}

/// How many messages would be given up.
///
/// # Errors
/// [`Handled`].
pub async fn preview(flow: &Flow, fingerprint: &str) -> Result<Discarded, Handled> {
    Ok(Discarded {
        discarded: 0,
        left: flow.ledger.count(&Entry::list(fingerprint, true), MOST_COUNTED).await?,
    })
}

/// Says of what was given up last that it was, where an earlier call died before it could.
async fn heal(flow: &Flow, fingerprint: &str) -> Result<(), Handled> {
    let list = Entry::list(fingerprint, false);
    let page = flow.ledger.list::<Entry>(&list, Order::NewestFirst, AT_ONCE, None).await?;
    for closed in page.items.iter().filter(|s| s.value.state == State::Discarded) {
        flow.heal(&Key::marker("discard", &closed.value.quarantine_id)).await?;
    }
    Ok(())
}

/// Whether this call gave the message up.
async fn one(flow: &Flow, id: &str, actor: &Actor, reason: &str) -> Result<bool, Handled> {
    let key = Entry::key(id);
    let found = flow.ledger.get::<Entry>(&key).await?;
    let Some(stored) = found.filter(|s| s.value.state.is_open()) else {
        // The list lags behind; if it was given up, this makes sure that it was said.
        flow.heal(&Key::marker("discard", id)).await?;
        return Ok(false);
    };
    let closed_at = Some((flow.clock)());
    let entry = Entry { state: State::Discarded, closed_at, ..stored.value };
    let said = MessageRedriven {
        quarantine_id: id.to_owned(),
        redrive: entry.redrives,
        outcome: RedriveOutcome::Discarded,
        fingerprint: Some(entry.fingerprint.clone()),
        run_id: None,
        run_group: None,
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
