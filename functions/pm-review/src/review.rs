//! Reviews one accepted revision from the queue.

use headgate_artifacts::{ArtifactError, Artifacts, MemoryBudget};
use headgate_domain::change::Status;
use headgate_domain::environment::{Environment, Environments};
use headgate_domain::records::{ChangeHead, Revision};
use headgate_domain::standing::{FAMILY_OF_CHANGES, StandingRecord};
use headgate_events::latest::{ChangeAccepted, ChangeProposed, ReviewCompleted};
use headgate_events::{Artifact, ChangeId, Event, Fact, Lane, RevisionRef};
use headgate_ledger::{Key, Transition};
use headgate_outbox::{Emit, Flow, Handled, Once, first};
use headgate_review::{
    Bundle, BundleError, MAX_STORED_BYTES, Report, ReviewError, Subject, Unreadable, review,
};

use crate::attached::{self, Attached};

/// Most findings in the event. The stored report has all of them.
pub(crate) const IN_EVENT: usize = 25;

/// Dependencies of the review.
#[derive(Clone)]
pub struct PmReview {
    /// Ledger, bus, clock.
    pub flow: Flow,
    /// Artifact bucket.
    pub artifacts: Artifacts,
    /// Limits what the reviews of one batch hold at the same time.
    pub memory: MemoryBudget,
    /// Environments that are served.
    pub environments: Environments,
    /// Compiled policies: the built-in ones and the team's own.
    pub bundle: Bundle,
    /// Lane of a model that has no standing yet.
    pub unproven: Lane,
}

/// Reviews one revision. A revision is reviewed once.
pub(crate) async fn reviewed(
    pm: &PmReview,
    fact: &Fact,
    event: &Event<ChangeAccepted>,
) -> Result<Once, Handled> {
    let (id, revision) = (&event.change(), event.data.revision);
    pm.flow
        .once(&event.id, async || {
            let now = (pm.flow.clock)();
            let ledger = &pm.flow.ledger;
            let head = ledger.get::<ChangeHead>(&Key::change(id)).await?;
            let stored = ledger.get::<Revision>(&Key::revision(id, revision)).await?;
            let (Some(head), Some(stored)) = (head, stored) else {
                return Err(Handled::poison("change_unknown", "the ledger has no such revision"));
            };
            if head.value.revision != revision {
                tracing::info!(change.revision = revision, "superseded before its review");
                return Ok(Transition::new());
            }
            // Only the ledger says that a review is due. A review is made once.
            if head.value.status != Status::Accepted {
                tracing::info!(change.revision = revision, "not waiting for a review");
                return Ok(Transition::new());
            }
            let environment = pm.environments.get(&head.value.environment);
            let Some(environment) = environment else {
                return Err(Handled::poison(
                    "environment_unknown",
                    format!("this fleet no longer serves the environment `{}`", head.value.environment),
                ));
            };
            let report = judge(pm, id, &stored.value, environment).await?;
            let bytes = serde_json::to_vec(&report)?;
            let stored_report_bytes = bytes.len();
            let archive = archive(&pm.artifacts, &report, bytes).await?;
            let stored_report = report.stored(stored_report_bytes, archive.as_ref());
            let completed = ReviewCompleted {
                revision,
                environment: environment.name.clone(),
                verdict: report.verdict,
                findings: first(&report.findings, IN_EVENT),
                finding_count: u32::try_from(report.findings.len()).unwrap_or(u32::MAX),
                report: archive,
                content_hash: report.content_hash.clone(),
                gate: report.gate(environment, head.value.lane, stored.value.by_agent()),
            };
            let emit = Emit::after(pm.flow.function, now, fact).within(&head.value.engagement_id);
            let out = emit.event((id.as_str(), revision), "", completed)?;
            let next = ChangeHead {
                status: Status::after_review(report.verdict),
                content_hash: Some(report.content_hash.clone()),
                updated_at: now,
                ..head.value.clone()
            };
            tracing::info!(review.verdict = ?report.verdict, review.findings = report.findings.len(), "reviewed");
            let listing = headgate_ledger::Listing::change(next.created_at, id);
            Ok(Transition::new()
                .put(&Key::change(id), &next, Some(head.version), Some(&listing))?
                .create(&Key::review(id, revision), &stored_report)?
                .publishing(out))
        })
        .await
}

/// Makes the report. A problem that the proposer must fix is a finding; a problem that a retry may solve is
/// an error.
async fn judge(
    pm: &PmReview,
    id: &ChangeId,
    stored: &Revision,
    environment: &Environment,
) -> Result<Report, Handled> {
    let ChangeProposed { revision, account, region, lane, agent, dossier, .. } = &stored.proposed;
    let held = dossier.plan.bytes.saturating_add(attached::bytes(dossier));
    let _reserved = pm.memory.reserve(held).await;
    let attached =
        attached::read(&pm.artifacts, (&stored.proposers, &stored.barred), dossier).await?;
    let (attached, unreadable) = match attached {
        Ok(attached) => (attached, None),
        Err(unreadable) => (Attached::default(), Some(unreadable)),
    };
    let mut subject = Subject {
        change: Some(RevisionRef { change: id, revision: *revision }),
        environment,
        place: Some((account, region)),
        lane: *lane,
        agent: agent.as_ref(),
        dossier: Some(dossier),
        files: attached.files.as_ref(),
        state: attached.state.as_ref(),
        scans: &attached.scans,
        evidence: &attached.evidence,
        values: &attached.values,
        estimated_cents: attached.estimated_cents,
        lane_ceiling: None,
        now: (pm.flow.clock)(),
    };
    if let Some(agent) = agent {
        let key = Key::standing(&agent.model, FAMILY_OF_CHANGES);
        let standing = pm.flow.ledger.get::<StandingRecord>(&key).await?;
        // The highest lane is no restriction, so it needs no ceiling.
        let unproven = Some(pm.unproven).filter(|lane| *lane < Lane::Execute);
        subject.lane_ceiling = standing.map(|s| s.value.lane).or(unproven);
    }
    if let Some(unreadable) = unreadable {
        return Ok(unreadable.report(&pm.bundle, subject)?);
    }
    let unreadable = match pm.artifacts.get(&dossier.plan).await {
        Ok(plan) => match review(&pm.bundle, subject, &plan) {
            Ok(report) => {
                let Attached { config_sha256, .. } = attached;
                return Ok(Report { config_sha256, ..report });
            }
            Err(ReviewError::Plan(error)) => Unreadable::plan(error.to_string()),
            Err(ReviewError::Bundle(error @ BundleError::Slow(_))) => {
                Unreadable::slow(error.to_string())
            }
            // The same policies fail for the same plan again.
            Err(error) => return Err(Handled::fails(error)),
        },
        Err(error @ ArtifactError::S3(_)) => return Err(error.into()),
        Err(error) => Unreadable::changed(error.to_string()),
    };
    Ok(unreadable.report(&pm.bundle, subject)?)
}

/// Stores the report as an artifact (the claim-check pattern) if it has too many findings for the event, or is too
/// large for the ledger.
async fn archive(
    store: &Artifacts,
    report: &Report,
    bytes: Vec<u8>,
) -> Result<Option<Artifact>, Handled> {
    if report.findings.len() <= IN_EVENT && bytes.len() <= MAX_STORED_BYTES {
        return Ok(None);
    }
    Ok(Some(store.put(bytes, "application/json").await?))
}
