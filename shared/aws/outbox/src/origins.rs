//! Checks that the fleet has published an event, before anything follows from it.
//!
//! The bus lets only the fleet's roles use the sources `headgate.*`, and the queues take messages only from the bus. Both are policies
//! of the account. This check does not depend on them: the fleet commits an event with an outbox before it publishes it, so
//! a message that somebody made up is in no outbox. To forge one takes write access to the fleet's tables, and with that the
//! forger could write the outcome as well.

use headgate_domain::canonical::digest;
use headgate_events::{Delivery, Fact, Newer, Origin, Outgoing};
use headgate_ledger::{Key, Ledger, LedgerError, View};
use serde_json::Value;

use crate::handled::Handled;

/// Prefix of the sources of the fleet.
const FLEET: &str = "headgate.";
/// EventBridge Scheduler puts events with this source on the bus. It has no outbox.
const SCHEDULE: &str = "headgate.schedule";

/// What a consumer accepts: events of the fleet that are in an outbox of these tables, and perhaps events of others.
#[derive(Debug, Clone)]
pub struct Origins {
    /// `None` if nothing is looked up.
    tables: Option<Vec<Ledger>>,
    others: bool,
}

impl Origins {
    /// Looks events of the fleet up in the outboxes of these tables. Refuses the events of others.
    #[must_use]
    pub fn of(tables: Vec<Ledger>) -> Self {
        Self { tables: Some(tables), others: false }
    }

    /// The same, but leaves it to the handler which senders outside the fleet it accepts.
    #[must_use]
    pub fn and_others(self) -> Self {
        Self { others: true, ..self }
    }

    /// Looks nothing up. Only for consumers of events that are published without an outbox, and that decide nothing by what
    /// the event says.
    #[must_use]
    pub fn unchecked() -> Self {
        Self { tables: None, others: true }
    }

    /// The same, with all tables read through a view.
    pub(crate) fn through(&self, view: &View) -> Self {
        let through = |all: &Vec<Ledger>| all.iter().map(|table| table.through(view)).collect();
        Self { tables: self.tables.as_ref().map(through), others: self.others }
    }

    /// Reads the markers of many events at once.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub(crate) async fn prefetch(&self, deliveries: &[&Delivery]) -> Result<(), LedgerError> {
        for table in self.tables.iter().flatten() {
            let origins = deliveries.iter().filter_map(|delivery| delivery.origin.as_ref());
            table.prefetch(origins.filter_map(|origin| table.marker_of(origin)).collect()).await?;
        }
        Ok(())
    }

    /// Checks that an event of the fleet is in the outbox that it names, exactly as it was received. Events of others have no
    /// outbox.
    ///
    /// # Errors
    /// Poison with the code `event_unproven` or `sender_not_trusted`; [`Handled::Retry`] if the table cannot be read.
    pub(crate) async fn check(&self, delivery: &Delivery) -> Result<(), Handled> {
        let Delivery { sender, fact, detail, origin, .. } = delivery;
        // The scheduler has no outbox, and nothing else to say.
        let scheduled = matches!(fact, Fact::EvalRequested(_) | Fact::EvalSweepRequested(_));
        if sender == SCHEDULE && scheduled {
            return Ok(());
        }
        self.prove(&Sent { sender, kind: fact.kind(), detail }, origin.as_ref()).await
    }

    /// The same for an event of a version that this build does not know.
    ///
    /// # Errors
    /// See [`Self::check`].
    pub(crate) async fn check_newer(&self, newer: &Newer) -> Result<(), Handled> {
        let Newer { sender, kind, detail, origin } = newer;
        // Terraform may change the schedule before the function.
        if sender == SCHEDULE && kind.starts_with("eval.") {
            return Ok(());
        }
        self.prove(&Sent { sender, kind, detail }, origin.as_ref()).await
    }

    async fn prove(&self, sent: &Sent<'_>, origin: Option<&Origin>) -> Result<(), Handled> {
        let Some(tables) = &self.tables else { return Ok(()) };
        let sender = sent.sender;
        if !sender.starts_with(FLEET) {
            let reason = format!("only functions of the fleet may send this event, not `{sender}`");
            return match self.others {
                true => Ok(()),
                false => Err(Handled::poison("sender_not_trusted", reason)),
            };
        }
        if let Some((table, marker)) = origin.and_then(|origin| find(tables, origin))
            && is_own(&marker, sender)
            && let Some((kept, _)) = table.marker(&marker).await?
            && kept.outbox.iter().any(|event| is_same(event, sent))
        {
            return Ok(());
        }
        let reason = format!("no outbox of the fleet contains this event of `{sender}`");
        Err(Handled::poison("event_unproven", reason))
    }
}

/// Whether a marker is in the namespace of the function that an event comes from. A function's role may write no other markers, so no function can
/// have an event in the name of another in its outbox, not even one that runs somebody else's code.
fn is_own(marker: &Key, sender: &str) -> bool {
    let space = marker.parts().0.strip_prefix("MARKER#").and_then(|rest| rest.split('#').next());
    let (Some(space), Some(function)) = (space, sender.strip_prefix(FLEET)) else { return false };
    match space {
        "approval-gate" => function.starts_with("approval-gate-"),
        "permits" => function == "permits-api",
        "redrive" | "redrive-request" | "discard" => function.starts_with("dlq-"),
        own => own == function,
    }
}

/// An event as it was received.
struct Sent<'a> {
    sender: &'a str,
    kind: &'a str,
    detail: &'a Value,
}

fn find<'a>(tables: &'a [Ledger], origin: &Origin) -> Option<(&'a Ledger, Key)> {
    tables.iter().find_map(|table| Some((table, table.marker_of(origin)?)))
}

/// Compared in canonical form: EventBridge may write a number in another way.
fn is_same(kept: &Outgoing, sent: &Sent<'_>) -> bool {
    kept.source == sent.sender
        && kept.kind == sent.kind
        && (kept.detail == *sent.detail
            || digest(&kept.detail)
                .is_ok_and(|kept| digest(sent.detail).is_ok_and(|received| kept == received)))
}

#[cfg(test)]
mod tests {
    use super::{Key, is_own};

    #[test]
    fn no_function_speaks_for_another() {
        for (space, sender, own) in [
            ("intake", "headgate.intake", true),
            ("intake", "headgate.intake-api", false),
            ("approval-gate-notify", "headgate.approval-gate-notify", true),
            ("approval-gate-notify", "headgate.pm-review", false),
            ("approval-gate-notify", "headgate.approval-gate-decide", false),
            ("approval-gate", "headgate.approval-gate-decide", true),
            ("approval-gate", "headgate.permits-api", false),
            ("permits", "headgate.permits-api", true),
            ("redrive", "headgate.dlq-redrive", true),
            ("discard", "headgate.dlq-api", true),
            ("redrive", "headgate.metrics-finalizer", false),
            ("intake", "agent.intake", false),
        ] {
            assert_eq!(is_own(&Key::marker(space, "e-1"), sender), own, "{space} {sender}");
        }
        assert!(!is_own(&Key::named("CHANGE#c", "HEAD"), "headgate.intake"));
    }
}
