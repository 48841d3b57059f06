//! Opens the gate for a change whose review passed.

use headgate_domain::approval::Approval;
use headgate_domain::change::Status;
use headgate_domain::records::{ChangeHead, Revision};
use headgate_events::latest::ApprovalDecided;
use headgate_events::{Delivery, Fact, Verdict};
use headgate_ledger::{Key, Listing, Transition};
use headgate_outbox::{Emit, Flow, Handled, Once};
use headgate_workflow::Workflow;

/// Dependencies of `approval-gate-start`.
#[derive(Debug, Clone)]
pub struct Gate {
    /// Ledger, bus, clock.
    pub flow: Flow,
    /// Starts the workflow that waits for people.
    pub workflow: Workflow,
}

/// Opens the approval of a revision and starts the workflow that waits for people. If no person needs to
/// approve, the approval is decided at once and no workflow starts.
///
/// # Errors
/// [`Handled`].
pub async fn handle(gate: &Gate, delivery: Delivery) -> Result<Once, Handled> {
    let fact = delivery.fact;
    let Fact::ReviewCompleted(event) = &fact else {
        return Err(Handled::unexpected(fact.kind()));
    };
    if event.data.verdict != Verdict::Pass {
        return Ok(Once::Processed);
    }
    let (id, revision) = (&event.change(), event.data.revision);
    let ledger = &gate.flow.ledger;
    let once = gate
        .flow
        .once(&event.id, async || {
            let now = (gate.flow.clock)();
            let head = ledger.get::<ChangeHead>(&Key::change(id)).await?;
            let stored = ledger.get::<Revision>(&Key::revision(id, revision)).await?;
            let (Some(head), Some(stored)) = (head, stored) else {
                return Err(Handled::poison("change_unknown", "the ledger has no such revision"));
            };
            let current = head.value.revision == revision
                && head.value.content_hash.as_ref() == Some(&event.data.content_hash);
            if !current {
                tracing::info!(change.revision = revision, "superseded before its gate opened");
                return Ok(Transition::new());
            }
            let approval = Approval::open(
                id,
                revision,
                &event.data.content_hash,
                event.data.gate.clone(),
                stored.value.barred,
                now,
            );
            let listing = Listing::open_approval(&approval);
            let key = Key::approval(id, revision);
            let transition = Transition::new().put(&key, &approval, None, listing.as_ref())?;
            let Some(outcome) = approval.outcome else { return Ok(transition) };
            let next = ChangeHead {
                status: Status::after_decision(outcome),
                updated_at: now,
                ..head.value.clone()
            };
            let listing = Listing::change(next.created_at, id);
            let decided = ApprovalDecided {
                revision,
                outcome,
                votes: Vec::new(),
                withdrawn: Vec::new(),
                content_hash: approval.content_hash.clone(),
            };
            let emit = Emit::after(gate.flow.function, now, &fact);
            Ok(transition
                .put(&Key::change(id), &next, Some(head.version), Some(&listing))?
                .publishing(emit.event((id.as_str(), revision), "", decided)?))
        })
        .await?;
    // After the commit, and again on every delivery: a crash in between must not leave an approval without
    // its workflow. The execution's name is unique, so a second start does not create a second workflow.
    let approval = ledger.get::<Approval>(&Key::approval(id, revision)).await?;
    if approval.is_some_and(|a| a.value.outcome.is_none()) {
        let started = gate.workflow.start(id, revision).await?;
        tracing::info!(workflow.started = started, "approval workflow");
    }
    Ok(once)
}
