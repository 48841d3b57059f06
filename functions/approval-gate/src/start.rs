//! Opens the gate for a change whose review passed.
//!
//! The event only says that there may be something to open. Verdict, content and gate come from the stored review: somebody who can
//! send messages to the queue must not be able to choose the gate.

use headgate_domain::approval::Approval;
use headgate_domain::change::Status;
use headgate_domain::records::{ChangeHead, Revision};
use headgate_events::latest::{ApprovalDecided, ReviewCompleted};
use headgate_events::{ChangeId, Delivery, Event, Fact, RevisionRef, Verdict};
use headgate_ledger::{Key, Ledger, Listing, Stored, Transition};
use headgate_outbox::{Emit, Flow, Handled, Once};
use headgate_review::{Report, Reviewed};
use headgate_workflow::{Approvals, Workflow};
use jiff::Timestamp;

use crate::carry::carry_over;
use crate::supersede;

/// Dependencies of `approval-gate-start`.
#[derive(Debug, Clone)]
pub struct Gate {
    /// Ledger, bus, clock.
    pub flow: Flow,
    /// Starts the workflow that waits for people.
    pub workflow: Workflow,
    /// Ends the workflow of a superseded revision.
    pub approvals: Approvals,
}

/// Opens the approval of a revision whose review passed, or ends the workflow of the revision before one that was accepted.
///
/// # Errors
/// [`Handled`].
pub async fn handle(gate: &Gate, delivery: Delivery) -> Result<Once, Handled> {
    match &delivery.fact {
        Fact::ReviewCompleted(event) => opened(gate, &delivery.fact, event).await,
        Fact::ChangeAccepted(event) => superseded(gate, &event.change()).await,
        other => Err(Handled::unexpected(other.kind())),
    }
}

/// Ends the workflow of the revision before the current one. The event only says where to look. There is no marker: again, it changes nothing.
async fn superseded(gate: &Gate, change: &ChangeId) -> Result<Once, Handled> {
    let ledger = &gate.flow.ledger;
    let Some(head) = ledger.get::<ChangeHead>(&Key::change(change)).await? else {
        return Err(Handled::poison("change_unknown", "the ledger has no such change"));
    };
    let before = head.value.revision.saturating_sub(1);
    let waits = ledger.get::<Approval>(&Key::approval(change, before)).await?;
    if waits.is_some_and(|approval| approval.value.outcome.is_none()) {
        let about = RevisionRef { change, revision: before };
        supersede::end(&gate.flow, &gate.approvals, about).await?;
        tracing::info!(change.id = change.as_str(), change.revision = before, "superseded");
    }
    Ok(Once::Processed)
}

/// Opens the approval of a revision and starts the workflow that waits for people. Votes for the revision before are carried over if
/// nothing differs that they decided on. If no person needs to approve any more, the approval is decided at once and no workflow starts.
///
/// # Errors
/// [`Handled`].
async fn opened(gate: &Gate, fact: &Fact, event: &Event<ReviewCompleted>) -> Result<Once, Handled> {
    let (id, revision) = (&event.change(), event.data.revision);
    let ledger = &gate.flow.ledger;
    let once = gate
        .flow
        .once(&event.id, async || -> Result<_, Handled> {
            let now = (gate.flow.clock)();
            let Some(passed) = Passed::read(ledger, id, revision).await? else {
                return Ok(Transition::new());
            };
            let head = &passed.head;
            let emit = Emit::after(gate.flow.function, now, fact).within(&head.value.engagement_id);
            let mut approval = passed.approval(id, revision, now);
            let mut transition = Transition::new();
            let reviewed = Reviewed { revision: &passed.revision, report: &passed.review };
            if let Some(carried) = carry_over(ledger, id, reviewed, &mut approval, now).await? {
                transition =
                    transition.publishing(emit.event((id.as_str(), revision), "", carried)?);
            }
            let listing = Listing::open_approval(&approval);
            let key = Key::approval(id, revision);
            let transition = transition.put(&key, &approval, None, listing.as_ref())?;
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
                votes: approval.votes.clone(),
                withdrawn: Vec::new(),
                content_hash: approval.content_hash.clone(),
            };
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

/// A revision whose review passed, and which has no approval yet: everything that the gate is opened with.
struct Passed {
    head: Stored<ChangeHead>,
    revision: Revision,
    review: Report,
}

impl Passed {
    /// Reads it from the ledger. Returns `None` if there is nothing to open any more: a newer revision exists, the approval was
    /// opened before, or the review did not pass.
    ///
    /// If there is nothing to open yet, that is an error: the event's marker must not be written, because the real event
    /// would then look like a duplicate.
    async fn read(ledger: &Ledger, id: &ChangeId, revision: u32) -> Result<Option<Self>, Handled> {
        let head = ledger.get::<ChangeHead>(&Key::change(id)).await?;
        let stored = ledger.get::<Revision>(&Key::revision(id, revision)).await?;
        let (Some(head), Some(stored)) = (head, stored) else {
            return Err(Handled::poison("change_unknown", "the ledger has no such revision"));
        };
        if head.value.revision != revision {
            tracing::info!(change.revision = revision, "superseded before its gate opened");
            return Ok(None);
        }
        let Some(review) = ledger.get::<Report>(&Key::review(id, revision)).await? else {
            let message = "the ledger has no review of this revision";
            return Err(Handled::poison("review_unknown", message));
        };
        let due = head.value.status == Status::AwaitingDecision
            && review.value.verdict == Verdict::Pass
            && head.value.content_hash.as_ref() == Some(&review.value.content_hash);
        if !due || ledger.get::<Approval>(&Key::approval(id, revision)).await?.is_some() {
            tracing::info!(change.revision = revision, "no gate to open");
            return Ok(None);
        }
        Ok(Some(Self { head, revision: stored.value, review: review.value }))
    }

    fn approval(&self, id: &ChangeId, revision: u32, now: Timestamp) -> Approval {
        let Self { head, revision: stored, review } = self;
        Approval::open(
            id,
            revision,
            &review.content_hash,
            review.required(head.value.lane, stored.by_agent()),
            stored.barred.clone(),
            now,
        )
    }
}
