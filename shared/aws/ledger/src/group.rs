//! Transitions of several events that are committed in one transaction.

use std::collections::HashMap;

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use headgate_events::Outgoing;

use crate::error::LedgerError;
use crate::item::Item;
use crate::key::Key;
use crate::read::Ledger;
use crate::transition::{Follows, PutItem, Transition, write};
use crate::view::View;
use crate::{limits, marker};

/// Most bytes of a group. DynamoDB takes 4 MB, but a partition takes 1,000 write units a second, and a transaction uses two for
/// each KB.
const MOST_BYTES: usize = 256 * 1024;

/// Reasons of a canceled transaction that pass.
const LATER: [&str; 4] = [
    "ConditionalCheckFailed",
    "TransactionConflict",
    "ThrottlingError",
    "ProvisionedThroughputExceeded",
];

/// Transitions that are committed together. An item that several of them write is written once, with its last value.
#[derive(Debug, Default)]
pub struct Group {
    /// The table of an item (`None`: the ledger's own) and its key; and its place in `puts`.
    places: HashMap<(Option<String>, Key), usize>,
    puts: Vec<PutItem>,
    markers: Vec<Marked>,
    bytes: usize,
}

#[derive(Debug)]
struct Marked {
    key: Key,
    item: Item,
    outbox: Vec<Outgoing>,
}

/// Whether a transition joined a group.
#[derive(Debug)]
pub enum Joined {
    /// It did. The view contains its writes.
    Yes,
    /// It does not fit any more. Commit the group, then let the transition join the next one.
    Full(Transition),
    /// It must be committed alone: it has no marker, it checks items that it does not write, or it is too large.
    Never,
}

impl Group {
    /// Creates an empty group.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing has joined.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.markers.is_empty()
    }

    /// Each marker with the events to publish after the commit.
    pub fn outboxes(&self) -> impl Iterator<Item = (&Key, &[Outgoing])> {
        self.markers.iter().map(|m| (&m.key, m.outbox.as_slice()))
    }

    /// Adds a transition that was decided on reads through `view`. All of a group's transitions must use the same
    /// view, and each must be decided after the one before it has joined.
    ///
    /// # Errors
    /// [`LedgerError::Json`].
    pub fn join(
        &mut self,
        ledger: &Ledger,
        view: &View,
        transition: Transition,
    ) -> Result<Joined, LedgerError> {
        let Some((key, now)) = &transition.marker else { return Ok(Joined::Never) };
        let marker = marker::item(key, &transition.outbox, *now)?;
        if !transition.unchanged.is_empty() || !is_admissible(&transition, (key, &marker)) {
            return Ok(Joined::Never);
        }
        let place = |put: &PutItem| (put.table.clone(), put.key.clone());
        let known = |put: &PutItem| self.places.get(&place(put)).and_then(|n| self.puts.get(*n));
        let new = transition.puts.iter().filter(|put| known(put).is_none()).count();
        let mut bytes = self.bytes + limits::size(&marker);
        for put in &transition.puts {
            bytes += limits::size(&put.item);
            bytes -= known(put).map_or(0, |before| limits::size(&before.item));
        }
        let writes = self.markers.len() + 1 + self.puts.len() + new;
        if writes > limits::MAX_TRANSACTION_ITEMS || bytes > MOST_BYTES {
            return Ok(if self.is_empty() { Joined::Never } else { Joined::Full(transition) });
        }
        self.bytes = bytes;
        self.markers.push(Marked { key: key.clone(), item: marker, outbox: transition.outbox });
        for put in transition.puts {
            view.keep(
                put.table.as_ref().unwrap_or(&ledger.table),
                &put.key,
                Some(put.item.clone()),
            );
            let next = self.puts.len();
            let n = *self.places.entry(place(&put)).or_insert(next);
            match self.puts.get_mut(n) {
                // The transaction replaces what was there before the group.
                Some(before) => before.item = put.item,
                None => self.puts.push(put),
            }
        }
        Ok(Joined::Yes)
    }
}

/// Whether all of a transition could be committed alone.
fn is_admissible(transition: &Transition, marker: (&Key, &Item)) -> bool {
    let puts = transition.puts.iter().map(|put| (&put.key, &put.item));
    let items = std::iter::once(marker).chain(puts);
    limits::outbox(&transition.outbox).is_ok()
        && limits::transaction(items, transition.puts.len() + 1).is_ok()
}

impl Ledger {
    /// Commits a group. Returns `false` if another writer has changed an item or has processed one of the events, or if a
    /// partition is too busy: then nothing was written, and the caller may decide again after a pause.
    ///
    /// # Errors
    /// [`LedgerError`]. After a timeout the commit may have taken effect.
    pub async fn commit_group(&self, group: &Group) -> Result<bool, LedgerError> {
        let mut writes = Vec::with_capacity(group.markers.len() + group.puts.len());
        for marked in &group.markers {
            writes.push(write(&self.table, marked.item.clone(), Follows::Nothing)?);
        }
        for PutItem { item, follows, table, .. } in &group.puts {
            let table = table.as_deref().unwrap_or(&self.table);
            writes.push(write(table, item.clone(), *follows)?);
        }
        if writes.is_empty() {
            return Ok(true); // DynamoDB rejects an empty transaction
        }
        let result =
            self.client.transact_write_items().set_transact_items(Some(writes)).send().await;
        let Err(error) = result else { return Ok(true) };
        if error.as_service_error().is_some_and(may_succeed_later) {
            return Ok(false);
        }
        Err(LedgerError::Transact(Box::new(error)))
    }
}

/// Whether the same transitions may be committed a little later: after a conflict, or because a partition has to recover.
fn may_succeed_later(error: &TransactWriteItemsError) -> bool {
    let TransactWriteItemsError::TransactionCanceledException(canceled) = error else {
        return false;
    };
    let codes = canceled.cancellation_reasons().iter().filter_map(|reason| reason.code());
    let mut codes = codes.filter(|code| *code != "None").peekable();
    codes.peek().is_some() && codes.all(|code| LATER.contains(&code))
}
