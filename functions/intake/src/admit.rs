//! Admits or refuses one proposal from the queue.

use headgate_artifacts::{Artifacts, Folder, MemoryBudget};
use headgate_domain::canonical::digest;
use headgate_domain::change::Status;
use headgate_domain::content::SARIF;
use headgate_domain::environment::Environments;
use headgate_domain::plan::Plan;
use headgate_domain::records::{ChangeHead, EnvironmentLock, Revision};
use headgate_domain::timeline::REFUSED;
use headgate_domain::{guards, ids};
use headgate_events::latest::{ChangeAccepted, ChangeProposed, ChangeRefused};
use headgate_events::{
    Artifact, Delivery, Dossier, EngagementId, Event, Fact, PrincipalId, Reason,
};
use headgate_ledger::{Key, Listing, Stored, Transition};
use headgate_outbox::{Emit, Flow, Handled, Once};
use jiff::SignedDuration;

use crate::engagements::unknown_engagement;
use crate::identity::{self, Proposer};
use headgate_domain::agents::Agents;

/// How long a report may wait for `metrics-finalizer`: a queue keeps a message for 14 days.
const REPORT_WAITS: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Dependencies of `intake`.
#[derive(Debug, Clone)]
pub struct Intake {
    /// Ledger, bus, clock.
    pub flow: Flow,
    /// Artifact bucket.
    pub artifacts: Artifacts,
    /// Limits what the proposals of one batch hold at the same time.
    pub memory: MemoryBudget,
    /// Environments that are served.
    pub environments: Environments,
    /// Known agents.
    pub agents: Agents,
}

/// Admits or refuses one proposal.
///
/// # Errors
/// [`Handled`].
pub async fn handle(intake: &Intake, delivery: Delivery) -> Result<Once, Handled> {
    let Delivery { sender, fact, .. } = delivery;
    let Fact::ChangeProposed(event) = &fact else {
        return Err(Handled::unexpected(fact.kind()));
    };
    // Senders choose their own event ids, so the sender is part of the marker.
    let event_id = format!("{sender}#{}", event.id);
    intake
        .flow
        .once(&event_id, async || {
            let proposer = identity::proposer(&sender, event, &intake.agents);
            let mut reasons: Vec<_> = proposer.as_ref().err().into_iter().cloned().collect();
            let mut timeline = event.data.engagement_id.clone();
            let mismatch = engagement(&intake.flow, event).await?;
            // An invalid id could be the name of one of the fleet's own timelines.
            if mismatch.is_some() || !ids::is_valid(timeline.as_str()) {
                timeline = REFUSED.into();
            }
            reasons.extend(mismatch);
            let environment = intake.environments.get(&event.data.environment);
            let environment = environment.ok_or_else(|| intake.environments.names());
            reasons.extend(guards::admission(&event.change(), &event.data, environment));
            let key = Key::change(&event.change());
            let head = intake.flow.ledger.get::<ChangeHead>(&key).await?;
            let applying = match &head {
                Some(head) => applying(&intake.flow, &head.value).await?,
                None => false,
            };
            let before = match &head {
                Some(head) => Some(current(&intake.flow, &head.value).await?),
                None => None,
            };
            let stranger = match (&proposer, &before, &head) {
                (Ok(by), Some(before), Some(head)) => stranger(by, before, &head.value),
                // Who cannot be told is nobody who may revise it.
                (Err(_), Some(_), Some(_)) => Some(not_yours()),
                _ => None,
            };
            // A stranger learns nothing else of the change: the refusal may be on a timeline of their own.
            match stranger {
                Some(reason) => reasons.push(reason),
                None => {
                    let head = head.as_ref().map(|h| &h.value);
                    reasons.extend(sequence(event, head, applying));
                }
            }
            // Last: nothing is read for a proposal that is refused anyway.
            if let (Ok(by), true) = (&proposer, reasons.is_empty()) {
                let earlier = before.as_ref().map(|b| &b.proposed.dossier);
                reasons.extend(artifacts(intake, by, &event.data.dossier, earlier).await?);
            }
            match proposer {
                Ok(by) if reasons.is_empty() => {
                    let earlier = before.map(|b| (b.proposers, b.barred)).unwrap_or_default();
                    accept(intake, &fact, event, by, earlier, head)
                }
                _ => refuse(intake, &fact, (&sender, event), &timeline, reasons),
            }
        })
        .await
}

/// The reason to refuse a proposal because of its engagement, if there is one. Nobody may put anything on a timeline that does not exist
/// yet, or on another than that of the change.
async fn engagement(flow: &Flow, event: &Event<ChangeProposed>) -> Result<Option<Reason>, Handled> {
    let id = &event.data.engagement_id;
    if event.correlationid != *id {
        let message = format!("`correlationid` must be the engagement of the change, `{id}`");
        return Ok(Some(Reason::new("engagement_mismatch", message)));
    }
    Ok(unknown_engagement(&flow.ledger, id).await?)
}

/// The current revision of a change, with the proposers and the bar of all revisions so far.
async fn current(flow: &Flow, head: &ChangeHead) -> Result<Revision, Handled> {
    let key = Key::revision(&head.change_id, head.revision);
    let Some(Stored { value: mut revision, .. }) = flow.ledger.get::<Revision>(&key).await? else {
        return Err(Handled::poison("revision_unknown", "the ledger lacks the current revision"));
    };
    // Earlier builds did not store them.
    revision.proposers.push(revision.proposer.id.clone());
    revision.proposers.extend(revision.proposer.on_behalf_of.clone());
    Ok(revision)
}

/// The reason to refuse a revision by somebody who has nothing to do with the change: they could void its votes, and put their own content
/// under a name that people know.
fn stranger(by: &Proposer, before: &Revision, head: &ChangeHead) -> Option<Reason> {
    let allowed = before.may_revise(&by.actor.id) || head.owner.is(&by.actor.id);
    (!allowed).then(not_yours)
}

fn not_yours() -> Reason {
    let message = "there is a change with this id, and you may not revise it: only its owner and those who proposed it may; choose another id";
    Reason::new("revision_forbidden", message)
}

/// Whether the change is being applied, so that nobody may replace it.
async fn applying(flow: &Flow, head: &ChangeHead) -> Result<bool, Handled> {
    if head.status != Status::Applying {
        return Ok(false);
    }
    // The report may still wait in a queue, and another apply may have begun since.
    if (flow.clock)() < head.updated_at + REPORT_WAITS {
        return Ok(true);
    }
    let lock =
        flow.ledger.get::<EnvironmentLock>(&Key::environment_lock(&head.environment)).await?;
    Ok(lock.is_some_and(|lock| lock.value.change_id == head.change_id))
}

/// The reason to refuse the revision given the current state of the change, if there is one.
fn sequence(
    event: &Event<ChangeProposed>,
    head: Option<&ChangeHead>,
    applying: bool,
) -> Option<Reason> {
    let proposed = &event.data;
    let next = head.map_or(1, |h| h.revision + 1);
    if proposed.revision != next {
        return Some(Reason::new(
            "revision_conflict",
            format!("revision {} was proposed, but the next revision is {next}", proposed.revision),
        ));
    }
    let head = head?;
    if head.engagement_id != proposed.engagement_id || head.environment != proposed.environment {
        return Some(Reason::new(
            "change_mismatch",
            format!(
                "the change belongs to engagement `{}` and environment `{}`; these cannot change",
                head.engagement_id, head.environment
            ),
        ));
    }
    if applying {
        let message = "the change is being applied; propose it again once the apply is reported; if it never will be, \
                       ask an operator to release the environment";
        return Some(Reason::new("change_applying", message));
    }
    // An apply that nobody reported before another one took the environment, as earlier builds allowed, has ended long ago.
    (head.status != Status::Applying && !head.status.accepts_revision()).then(|| {
        Reason::new(
            "change_over",
            format!("the change is {}; propose a new change", head.status.name()),
        )
    })
}

/// Reasons to refuse because of the artifacts: one belongs to somebody else, is missing or does not match its digest, or the plan is
/// not readable.
async fn artifacts(
    intake: &Intake,
    by: &Proposer,
    dossier: &Dossier,
    earlier: Option<&Dossier>,
) -> Result<Vec<Reason>, Handled> {
    let mut reasons = Vec::new();
    let folder = Folder::of(&by.actor);
    for (n, artifact) in all(dossier).enumerate() {
        // A plan that was proposed is no evidence: sensitive values are in clear in it, and evidence is handed out.
        let known = earlier.is_some_and(|earlier| match n {
            0 => earlier.plan == *artifact,
            _ => earlier.evidence.contains(artifact) && artifact.sha256 != earlier.plan.sha256,
        });
        // First: a size or digest that does not match tells something about the object.
        // Results of a scanner may come from somebody else: who ran it is part of what they say.
        let scan = n > 0
            && artifact.media_type == SARIF
            && intake.artifacts.scanned_by(artifact).is_some();
        if !known && !scan && !intake.artifacts.is_in(&folder, artifact) {
            let message = format!(
                "{} is not an upload of {} with this digest; upload it with `POST /v1/artifacts` in your own name",
                artifact.uri, by.actor.id
            );
            reasons.push(Reason::new("artifact_of_others", message));
            continue;
        }
        let _reserved = intake.memory.reserve(artifact.bytes).await;
        match intake.artifacts.get(artifact).await {
            Ok(bytes) if n == 0 => {
                if let Err(error) = Plan::parse(&bytes) {
                    reasons.push(Reason::new("plan_unreadable", error.to_string()));
                }
            }
            Ok(_) => {}
            Err(error) => match error.refusal() {
                Some(code) => reasons.push(Reason::new(code, error.to_string())),
                None => return Err(error.into()),
            },
        }
    }
    Ok(reasons)
}

/// The plan, and then the evidence.
fn all(dossier: &Dossier) -> impl Iterator<Item = &Artifact> {
    std::iter::once(&dossier.plan).chain(&dossier.evidence)
}

fn accept(
    intake: &Intake,
    fact: &Fact,
    event: &Event<ChangeProposed>,
    by: Proposer,
    (earlier, mut barred): (Vec<PrincipalId>, Vec<PrincipalId>),
    head: Option<Stored<ChangeHead>>,
) -> Result<Transition, Handled> {
    let now = (intake.flow.clock)();
    let id = &event.change();
    let proposed = event.data.clone();
    let revision = proposed.revision;
    let mut proposers = earlier.clone();
    proposers.extend(by.names());
    barred.extend(by.barred);
    for names in [&mut proposers, &mut barred] {
        names.sort();
        names.dedup();
    }
    let (proposer, owner) = (by.actor, by.owner);
    let created_at = head.as_ref().map_or(now, |h| h.value.created_at);
    let next = ChangeHead {
        change_id: id.clone(),
        engagement_id: proposed.engagement_id.clone(),
        environment: proposed.environment.clone(),
        lane: proposed.lane,
        revision,
        status: Status::Accepted,
        content_hash: None,
        proposer: proposer.clone(),
        owner,
        why: proposed.dossier.why.chars().take(200).collect(),
        created_at,
        updated_at: now,
    };
    let accepted =
        ChangeAccepted { revision, environment: proposed.environment.clone(), lane: proposed.lane };
    let out = Emit::after(intake.flow.function, now, fact).event(
        (id.as_str(), revision),
        "",
        accepted,
    )?;
    let stored = Revision {
        digest: digest(&proposed).map_err(Handled::fails)?,
        proposed,
        proposer,
        barred,
        proposers: proposers.clone(),
        event_id: event.id.clone(),
        admitted_at: now,
    };
    let listing = Listing::change(created_at, id);
    let is_new = head.is_none();
    let known: Vec<_> =
        earlier.iter().chain(head.iter().map(|h| &h.value.owner)).cloned().collect();
    let mut transition = Transition::new()
        .put(&Key::change(id), &next, head.map(|h| h.version), Some(&listing))?
        .create(&Key::revision(id, revision), &stored)?;
    if is_new {
        transition = transition.change_of(&next.engagement_id, id, created_at)?;
    }
    // The lists of those who have nothing to do with the change so far.
    let mut listed = known;
    for who in proposers.iter().chain([&next.owner]) {
        if !listed.iter().any(|known| known.is(who)) {
            transition = transition.change_by(who, id, created_at)?;
            listed.push(who.clone());
        }
    }
    tracing::info!(change.id = id.as_str(), change.revision = revision, "accepted");
    Ok(transition.publishing(out))
}

fn refuse(
    intake: &Intake,
    fact: &Fact,
    (sender, event): (&str, &Event<ChangeProposed>),
    timeline: &EngagementId,
    reasons: Vec<Reason>,
) -> Result<Transition, Handled> {
    let now = (intake.flow.clock)();
    let codes: Vec<_> = reasons.iter().map(|r| r.code.as_str()).collect();
    tracing::info!(change.id = event.subject, refusal.codes = ?codes, "refused");
    let revision = event.data.revision;
    let refused = ChangeRefused { revision, reasons };
    // A revision may be refused several times, once for each event that proposes it. Senders choose their own event ids.
    let emit = Emit::after(intake.flow.function, now, fact).within(timeline);
    let name = format!("{sender}#{}", event.id);
    let out = emit.event((&event.subject, revision), &name, refused)?;
    Ok(Transition::new().publishing(out))
}
