//! Checks that the fleet has published an event, before anything follows from it.
//!
//! The bus lets only the fleet's roles use the sources `headgate.*`, and the queues take messages only from the bus. Both are policies
//! of the account. This check does not depend on them: the fleet commits an event with an outbox before it publishes it, so
//! a message that somebody made up is in no outbox. To forge one takes write access to the fleet's tables, and with that the
//! forger could write the outcome as well.

use headgate_domain::canonical::digest;
use headgate_events::{Delivery, Origin, Outgoing};
use headgate_ledger::{Key, Ledger, LedgerError, View};

use crate::handled::Handled;

/// Prefix of the sources of the fleet.
const FLEET: &str = "headgate.";
/// EventBridge Scheduler puts events with this source on the bus. It has no outbox.
const SCHEDULE: &str = "headgate.schedule";

/// The tables whose outboxes contain the events of the fleet.
#[derive(Debug, Clone)]
pub struct Origins(Option<Vec<Ledger>>);

impl Origins {
    /// Looks events of the fleet up in the outboxes of these tables.
    #[must_use]
    pub fn of(tables: Vec<Ledger>) -> Self {
        Self(Some(tables))
    }

    /// Looks nothing up. Only for consumers of events that are published without an outbox, and that decide nothing by what
    /// the event says.
    #[must_use]
    pub fn unchecked() -> Self {
        Self(None)
    }

    /// The same, with all tables read through a view.
    pub(crate) fn through(&self, view: &View) -> Self {
        Self(self.0.as_ref().map(|all| all.iter().map(|table| table.through(view)).collect()))
    }

    /// Reads the markers of many events at once.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub(crate) async fn prefetch(&self, deliveries: &[&Delivery]) -> Result<(), LedgerError> {
        for table in self.0.iter().flatten() {
            let origins = deliveries.iter().filter_map(|delivery| delivery.origin.as_ref());
            table.prefetch(origins.filter_map(|origin| table.marker_of(origin)).collect()).await?;
        }
        Ok(())
    }

    /// Checks that an event of the fleet is in the outbox that it names, exactly as it was received. Events of others have no
    /// outbox.
    ///
    /// # Errors
    /// Poison with the code `event_unproven`; [`Handled::Retry`] if the table cannot be read.
    pub(crate) async fn check(&self, delivery: &Delivery) -> Result<(), Handled> {
        let Some(tables) = &self.0 else { return Ok(()) };
        let sender = &delivery.sender;
        if !sender.starts_with(FLEET) || sender == SCHEDULE {
            return Ok(());
        }
        let named = delivery.origin.as_ref().and_then(|origin| find(tables, origin));
        if let Some((table, marker)) = named
            && let Some((kept, _)) = table.marker(&marker).await?
            && kept.outbox.iter().any(|event| is_same(event, delivery))
        {
            return Ok(());
        }
        let reason = format!("no outbox of the fleet contains this event of `{sender}`");
        Err(Handled::poison("event_unproven", reason))
    }
}

fn find<'a>(tables: &'a [Ledger], origin: &Origin) -> Option<(&'a Ledger, Key)> {
    tables.iter().find_map(|table| Some((table, table.marker_of(origin)?)))
}

/// Compared in canonical form: EventBridge may write a number in another way.
fn is_same(kept: &Outgoing, delivery: &Delivery) -> bool {
    kept.source == delivery.sender
        && kept.kind == delivery.fact.kind()
        && kept.id == delivery.fact.id()
        && (kept.detail == delivery.detail
            || digest(&kept.detail)
                .is_ok_and(|kept| digest(&delivery.detail).is_ok_and(|received| kept == received)))
}
