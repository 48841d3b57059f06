//! Records facts together: a timeline has one end, so facts that are recorded one by one wait for each other.

use headgate_domain::progress::PHASES;
use headgate_events::{Delivery, Fact};
use headgate_ledger::{Key, LedgerError, View};
use headgate_outbox::Once;

use crate::deps::Finalizer;
use crate::finalize::{decide, marker};

/// Reviews of a change that are read at once: they may be large, and most changes need one.
const MOST_REVIEWS: u32 = 1;

/// Records facts, many in one transaction. The result has one member for each fact; it is `None` for a
/// fact that must be recorded alone, with [`crate::handle`].
pub async fn handle_together(
    finalizer: &Finalizer,
    deliveries: Vec<Delivery>,
) -> Vec<Option<Once>> {
    let events: Vec<_> = deliveries.into_iter().map(|d| (marker(&d), d)).collect();
    let prepare = async |view: &View, all: &[&Delivery]| prefetch(finalizer, view, all).await;
    let decide =
        async |view: &View, delivery: &Delivery| decide(&finalizer.through(view), delivery).await;
    finalizer.flow.once_together(&events, prepare, decide).await
}

impl Finalizer {
    /// The same, with both tables read through a view.
    fn through(&self, view: &View) -> Self {
        let mut through = self.clone();
        through.flow.ledger = self.flow.ledger.through(view);
        through.metrics = self.metrics.through(view);
        through
    }
}

/// Reads most of what the decisions need at once. What is missing here is read when it is needed.
async fn prefetch(
    finalizer: &Finalizer,
    view: &View,
    deliveries: &[&Delivery],
) -> Result<(), LedgerError> {
    let (mut ledger, mut metrics) = (Vec::new(), Vec::new());
    for fact in deliveries.iter().map(|delivery| &delivery.fact) {
        let (engagement, change) = (fact.correlation(), &fact.change());
        ledger.push(Key::timeline(engagement));
        metrics.push(Key::summary(engagement));
        let revision = match fact {
            Fact::ReviewCompleted(e) => e.data.revision,
            Fact::ApprovalDecided(e) => e.data.revision,
            Fact::PermitIssued(e) => e.data.revision,
            Fact::PermitRefused(e) => e.data.revision,
            Fact::PermitUsed(e) => e.data.revision,
            Fact::ChangeExecuted(e) => {
                ledger.push(Key::permit(change, &e.data.permit_id));
                ledger.push(Key::change(change));
                e.data.revision
            }
            Fact::ChangeProposed(_) => {
                ledger.push(Key::engagement(engagement));
                0
            }
            Fact::ChangeAccepted(_) | Fact::ApprovalRequested(_) | Fact::ChangeFinalized(_) => 0,
            // Facts that are not about a change.
            _ => continue,
        };
        metrics.push(Key::progress(change));
        metrics.extend(PHASES.map(|phase| Key::phase(engagement, phase)));
        if revision > 0 {
            ledger.push(Key::revision(change, revision));
        }
        if matches!(fact, Fact::ChangeExecuted(_)) {
            ledger.extend((1..=revision.min(MOST_REVIEWS)).map(|n| Key::review(change, n)));
        }
    }
    finalizer.flow.ledger.through(view).prefetch(ledger).await?;
    finalizer.metrics.through(view).prefetch(metrics).await
}
