//! Discards the messages of a group. A discarded message cannot be redriven.

use headgate_api_types::quarantine::Discarded;
use headgate_events::Actor;
use headgate_events::latest::{MessageRedriven, RedriveOutcome};
use headgate_ledger::{Key, Listing, Order, Transition};
use headgate_outbox::{Flow, Handled};

use crate::timeline::emit;
use headgate_domain::quarantine::{Entry, State};

/// Most messages that one call discards, so that the call ends within the time of an API request.
const AT_ONCE: i32 = 50;

/// Counts are capped at this number.
const MOST_COUNTED: u64 = 1_000;

/// Discards up to fifty open messages of a group. The bodies stay until the bucket's lifecycle rule deletes
/// them.
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

/// Counts the messages that would be discarded.
///
/// # Errors
/// [`Handled`].
pub async fn preview(flow: &Flow, fingerprint: &str) -> Result<Discarded, Handled> {
    Ok(Discarded {
        discarded: 0,
        left: flow.ledger.count(&Entry::list(fingerprint, true), MOST_COUNTED).await?,
    })
}

/// Publishes the events of the last discarded messages, if an earlier call died before it could.
async fn heal(flow: &Flow, fingerprint: &str) -> Result<(), Handled> {
    let list = Entry::list(fingerprint, false);
    let page = flow.ledger.list::<Entry>(&list, Order::NewestFirst, AT_ONCE, None).await?;
    for closed in page.items.iter().filter(|s| s.value.state == State::Discarded) {
        flow.heal(&Key::marker("discard", &closed.value.quarantine_id)).await?;
    }
    Ok(())
}

/// Discards one message. Returns whether this call did it.
async fn one(flow: &Flow, id: &str, actor: &Actor, reason: &str) -> Result<bool, Handled> {
    let key = Key::quarantined(id);
    let found = flow.ledger.get::<Entry>(&key).await?;
    let Some(stored) = found.filter(|s| s.value.state.is_open()) else {
        // The list lags behind. If the message is already discarded, make sure that its event is published.
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
        .put(&key, &entry, Some(stored.version), Some(&Listing::quarantined(&entry)))?
        .publishing(out)
        .marked(Key::marker("discard", id), (flow.clock)());
    // A conflict means that another request changed the entry at the same time; the next call reads it again.
    Ok(flow.apply(&transition).await? == headgate_ledger::Commit::Applied)
}
