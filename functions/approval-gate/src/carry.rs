//! Carries votes over from the revision before.

use headgate_domain::approval::Approval;
use headgate_domain::records::Revision;
use headgate_events::latest::{ApprovalCarried, VoidedVote};
use headgate_events::{ChangeId, VoteKind};
use headgate_ledger::{Key, Ledger};
use headgate_outbox::Handled;
use headgate_review::{Report, Reviewed};
use jiff::Timestamp;

use crate::lost;

/// Adds the votes that can stand to a new approval. Returns what became of each, for the timeline; `None` if there were no votes.
///
/// Nobody can vote on the revision before any more: the ledger has the next one already.
pub(crate) async fn carry_over(
    ledger: &Ledger,
    id: &ChangeId,
    next: Reviewed<'_>,
    approval: &mut Approval,
    now: Timestamp,
) -> Result<Option<ApprovalCarried>, Handled> {
    let Some(from) = approval.revision.checked_sub(1).filter(|from| *from > 0) else {
        return Ok(None);
    };
    let before = ledger.get::<Approval>(&Key::approval(id, from)).await?;
    let Some(before) = before.filter(|before| !before.value.votes.is_empty()) else {
        return Ok(None);
    };
    let revision = ledger.get::<Revision>(&Key::revision(id, from)).await?;
    let report = ledger.get::<Report>(&Key::review(id, from)).await?;
    let differs = match (&revision, &report) {
        (Some(revision), Some(report))
            if before.value.content_hash == report.value.content_hash =>
        {
            let reviewed = Reviewed { revision: &revision.value, report: &report.value };
            reviewed.differs(&next)
        }
        // The votes were cast on something that the ledger does not have.
        _ => vec!["content"],
    };
    let (before, lost) = without_lost(ledger, before.value).await?;
    let mut carried = approval.carry_over(&before, &differs, now);
    carried.voided.extend(lost);
    let gate = approval.gate != before.gate;
    Ok(Some(ApprovalCarried {
        revision: approval.revision,
        from_revision: from,
        differs: differs.into_iter().chain(gate.then_some("gate")).map(str::to_owned).collect(),
        carried: carried.votes.into_iter().map(|vote| vote.principal).collect(),
        voided: carried.voided,
    }))
}

/// Leaves out the votes of people who have lost a role since, in which they voted: this is a new request.
async fn without_lost(
    ledger: &Ledger,
    mut before: Approval,
) -> Result<(Approval, Vec<VoidedVote>), Handled> {
    let mut voided = Vec::new();
    for vote in std::mem::take(&mut before.votes) {
        // A `reject` or `revise` still voids the others.
        let lost = match vote.vote {
            VoteKind::Approve => lost::known(ledger, &vote.principal).await?,
            _ => None,
        };
        if lost.is_some_and(|lost| lost.value.since(&vote.roles, vote.at)) {
            let reason = "the voter has lost the role since".to_owned();
            voided.push(VoidedVote { principal: vote.principal, reason });
        } else {
            before.votes.push(vote);
        }
    }
    Ok((before, voided))
}
