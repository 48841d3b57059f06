//! Records one fact: appends it to the timeline, updates the metrics, and finalizes the change if the fact
//! ends it.

use headgate_domain::change::Status;
use headgate_domain::engagement::Engagement;
use headgate_domain::records::{ChangeHead, PermitRecord, Revision};
use headgate_domain::timeline::{Head, Sender};
use headgate_events::latest::{ChangeExecuted, ChangeFinalized, ExecutionOutcome};
use headgate_events::{ChangeId, Delivery, Event, Fact, Outcome, Verdict, Versioned};
use headgate_ledger::{Key, Listing, Stored, Transition};
use headgate_outbox::{Emit, Flow, Handled, Once};
use serde::{Deserialize, Serialize};

use crate::deps::{Finalizer, split};

use crate::end::End;
use crate::figures::{self, Counting};
use crate::standing;

/// Most reviews that are counted: each takes a read.
const MOST_REVISIONS: u32 = 200;

/// Sender of apply reports that came over HTTP. Only the role of `permits-api` may use it.
const PERMITS: &str = "headgate.permits-api";

/// Records one fact.
///
/// # Errors
/// [`Handled`].
pub async fn handle(finalizer: &Finalizer, delivery: Delivery) -> Result<Once, Handled> {
    finalizer.flow.once(&marker(&delivery), async || decide(finalizer, &delivery).await).await
}

/// Names the delivery. Two senders may use the same id.
pub(crate) fn marker(delivery: &Delivery) -> String {
    format!("{}#{}", delivery.sender, delivery.fact.id())
}

/// Everything that a fact changes.
pub(crate) async fn decide(
    finalizer: &Finalizer,
    delivery: &Delivery,
) -> Result<Transition, Handled> {
    let Delivery { fact, detail, sender, .. } = delivery;
    // Agents may send proposals and reports; only trusted sources may send measurements; everything else
    // must come from the fleet. The bus policy reserves the sources `headgate.*` for the fleet.
    let from_outside = match fact {
        Fact::ChangeProposed(_) | Fact::ChangeExecuted(_) => sender.starts_with("agent."),
        Fact::SignalRecorded(_) => finalizer.signals.trusts(sender),
        _ => false,
    };
    if !from_outside && !sender.starts_with("headgate.") {
        return Err(Handled::poison(
            "sender_not_trusted",
            format!("`{sender}` may not send `{}`", fact.kind()),
        ));
    }
    if !belongs(&finalizer.flow, sender, fact).await? {
        return Ok(Transition::new());
    }
    let detail = as_verified(sender, detail.clone());
    let permit = match fact {
        Fact::ChangeExecuted(e) => permit(&finalizer.flow, sender, e).await?,
        _ => None,
    };
    let entry = Recording { fact, detail, sender: finalizer.senders.of(delivery) };
    let (transition, end, version) = timeline(finalizer, entry).await?;
    let now = (finalizer.flow.clock)();
    let counting =
        Counting { fact, permitted: permit.is_some(), after: (&end, version), now, again: false };
    let transition = figures::count(finalizer, counting, transition).await?;
    if let Fact::EvalRunCompleted(event) = fact {
        let rules = &finalizer.standing;
        return standing::after_run(&finalizer.flow, rules, event, transition).await;
    }
    if !figures::is_about_a_change(fact) {
        return Ok(transition);
    }
    let transition = match &permit {
        Some(permit) => reported(&finalizer.flow, permit, transition).await?,
        None => transition,
    };
    change(finalizer, fact, permit.is_some(), transition).await
}

/// The event as it goes on a timeline. Of events from outside the fleet only the sender is verified, not what the envelope says
/// of it: nobody may write a line in the name of somebody else.
fn as_verified(sender: &str, mut detail: serde_json::Value) -> serde_json::Value {
    if sender.starts_with("headgate.") {
        return detail;
    }
    let (kind, id) = match sender.strip_prefix("agent.") {
        Some(agent) => ("agent", agent),
        None => ("system", sender),
    };
    if let Some(envelope) = detail.as_object_mut() {
        envelope.insert("source".to_owned(), sender.into());
        envelope.insert("actorkind".to_owned(), kind.into());
        envelope.insert("actorid".to_owned(), id.into());
        envelope.remove("onbehalfof");
    }
    detail
}

/// Whether a fact belongs to the engagement that it names. Facts of the fleet do. Others could put themselves on any timeline.
async fn belongs(flow: &Flow, sender: &str, fact: &Fact) -> Result<bool, Handled> {
    let engagement = fact.correlation();
    match fact {
        // `intake` refuses it, and the refusal is on a timeline.
        Fact::ChangeProposed(e) => {
            let known = flow.ledger.get::<Engagement>(&Key::engagement(engagement)).await?;
            Ok(known.is_some() && e.data.engagement_id == *engagement)
        }
        Fact::ChangeExecuted(_) if !sender.starts_with("headgate.") => {
            match flow.ledger.get::<ChangeHead>(&Key::change(&fact.change())).await? {
                Some(head) if head.value.engagement_id == *engagement => Ok(true),
                Some(_) => Err(Handled::poison(
                    "engagement_mismatch",
                    "`correlationid` of the report is not the engagement of its change",
                )),
                None => Err(Handled::poison("change_unknown", "the ledger has no such change")),
            }
        }
        _ => Ok(true),
    }
}

/// What becomes an entry.
struct Recording<'a> {
    fact: &'a Fact,
    detail: serde_json::Value,
    sender: Sender,
}

/// Appends a fact to its timeline. Returns the end before it, too, and its version.
async fn timeline(
    Finalizer { flow, logs, .. }: &Finalizer,
    Recording { fact, detail, sender }: Recording<'_>,
) -> Result<(Transition, End, Option<u64>), Handled> {
    let engagement = fact.correlation();
    let key = Key::timeline(engagement);
    let (end, version) = split(flow.ledger.get::<End>(&key).await?);
    let entry = end.head.append(engagement, detail, Some(sender)).map_err(Handled::fails)?;
    let next = End { head: Head::of(&entry), counted: Some(entry.seq) };
    let mut transition = Transition::new()
        .put(&key, &next, version, None)?
        .create(&Key::entry(engagement, entry.seq), &entry)?;
    if *logs {
        transition = transition.unlogged(engagement, entry.seq, (flow.clock)())?;
    }
    Ok((transition, end, version))
}

/// The permit of an apply, if it is valid: issued for this content, used, and reported by the principal it
/// was issued to. Over HTTP, `permits-api` has checked the principal; on the bus, the sender is the agent's
/// role.
async fn permit(
    flow: &Flow,
    sender: &str,
    e: &Event<ChangeExecuted>,
) -> Result<Option<Stored<PermitRecord>>, Handled> {
    let key = Key::permit(&e.change(), &e.data.permit_id);
    let permit = flow.ledger.get::<PermitRecord>(&key).await?;
    Ok(permit.filter(|p| {
        let p = &p.value;
        let on_the_bus = sender == format!("agent.{}", p.issued_to) && p.reported_at.is_none();
        is_of(p, sender, e, on_the_bus)
    }))
}

/// Whether a permit was used for what a report is about. `on_the_bus` says whether its holder reports it on the bus.
pub(crate) fn is_of(
    permit: &PermitRecord,
    sender: &str,
    e: &Event<ChangeExecuted>,
    on_the_bus: bool,
) -> bool {
    let over_http = sender == PERMITS && permit.reported_at.is_some();
    permit.revision == e.data.revision
        && permit.content_hash == e.data.content_hash
        && permit.used_at.is_some()
        && (over_http || on_the_bus)
}

/// The revision and its final status, if the fact ends the change.
fn end(fact: &Fact, permitted: bool) -> Option<(u32, Status)> {
    match fact {
        Fact::ReviewCompleted(e) if e.data.verdict == Verdict::Block => {
            Some((e.data.revision, Status::Blocked))
        }
        Fact::ApprovalDecided(e)
            if matches!(e.data.outcome, Outcome::Rejected | Outcome::Expired) =>
        {
            Some((e.data.revision, Status::after_decision(e.data.outcome)))
        }
        Fact::ChangeExecuted(e) => {
            if !permitted {
                tracing::error!(
                    permit.id = e.data.permit_id,
                    "apply reported without a valid permit"
                );
                return None;
            }
            let status = match e.data.outcome {
                ExecutionOutcome::Succeeded => Status::Executed,
                ExecutionOutcome::Failed => Status::ExecutionFailed,
            };
            Some((e.data.revision, status))
        }
        _ => None,
    }
}

/// Marks the permit as reported and releases the environment lock, for a report on the bus. For a report over
/// HTTP, `permits-api` has already done both.
async fn reported(
    flow: &Flow,
    permit: &Stored<PermitRecord>,
    transition: Transition,
) -> Result<Transition, Handled> {
    let record = &permit.value;
    if record.reported_at.is_some() {
        return Ok(transition);
    }
    let now = (flow.clock)();
    let next = PermitRecord { reported_at: Some(now), ..record.clone() };
    let key = Key::permit(&record.change_id, &record.permit_id);
    let transition = transition.put(&key, &next, Some(permit.version), None)?;
    let locked = (record.environment.as_str(), record.permit_id.as_str());
    Ok(flow.ledger.releasing(transition, locked, now).await?)
}

async fn change(
    Finalizer { flow, .. }: &Finalizer,
    fact: &Fact,
    permitted: bool,
    mut transition: Transition,
) -> Result<Transition, Handled> {
    let Some((revision, status)) = end(fact, permitted) else { return Ok(transition) };
    let id = &fact.change();
    let head = flow.ledger.get::<ChangeHead>(&Key::change(id)).await?;
    let stored = flow.ledger.get::<Revision>(&Key::revision(id, revision)).await?;
    let (Some(head), Some(stored)) = (head, stored) else {
        return Err(Handled::poison("change_unknown", "the ledger has no such revision"));
    };
    let now = (flow.clock)();
    // A newer revision may have been admitted meanwhile. The status belongs to that one, but the older one ended, too.
    if head.value.revision == revision && head.value.status != status {
        let next = ChangeHead { status, updated_at: now, ..head.value.clone() };
        let listing = Listing::change(next.created_at, id);
        let key = Key::change(id);
        transition = transition.put(&key, &next, Some(head.version), Some(&listing))?;
    }
    let lead = fact.time().duration_since(head.value.created_at).as_secs();
    let finalized = ChangeFinalized {
        revision,
        status: status.name().to_owned(),
        lead_time_seconds: u64::try_from(lead).unwrap_or_default(),
        iterations_to_clean: iterations(flow, id, revision).await?,
        monthly_cost_delta_cents: stored.value.proposed.dossier.monthly_cost_delta_cents,
    };
    let out =
        Emit::after(flow.function, now, fact).event((id.as_str(), revision), "", finalized)?;
    Ok(transition.publishing(out))
}

/// Number of reviews up to and including the first that passed, or up to `revision` if none has; at most [`MOST_REVISIONS`]. From
/// the ledger: the facts of earlier reviews may arrive later.
async fn iterations(flow: &Flow, change: &ChangeId, revision: u32) -> Result<u32, Handled> {
    let mut reviews = 0;
    for n in 1..=revision.min(MOST_REVISIONS) {
        let review = flow.ledger.get::<Reviewed>(&Key::review(change, n)).await?;
        let Some(review) = review else { continue };
        reviews += 1;
        if review.value.verdict == Verdict::Pass {
            break;
        }
    }
    Ok(reviews)
}

/// What is needed here of a stored review.
#[derive(Deserialize, Serialize)]
struct Reviewed {
    verdict: Verdict,
}

impl Versioned for Reviewed {}

#[cfg(test)]
mod tests {
    use headgate_events::Versioned as _;

    /// A new version of the report must be read here, too.
    #[test]
    fn a_review_is_read_in_the_version_in_which_it_is_written() {
        assert_eq!(super::Reviewed::VERSION, headgate_review::Report::VERSION);
    }
}
