//! Reviews the result of a phase of an engagement. The event only says where to look: the result, the phase and the acceptance criteria
//! come from the ledger.

use headgate_artifacts::{ArtifactError, Folder};
use headgate_domain::engagement::Engagement;
use headgate_engagements::{Course, PhaseReview, Reviewed, Status, Submission, Unread, review};
use headgate_events::latest::{PhaseReviewed, PhaseSubmitted};
use headgate_events::{Actor, Artifact, Event, Fact};
use headgate_ledger::{Key, Transition};
use headgate_outbox::{Emit, Handled, Once, first};
use headgate_review::EvidenceText;

use crate::review::{IN_EVENT, PmReview};

/// Largest deliverable, in bytes: all of it is searched.
const MAX_DELIVERABLE: u64 = 4 * 1024 * 1024;
/// Most bytes of all deliverables of a result.
const MAX_ALL: u64 = 16 * 1024 * 1024;
/// Most findings that are stored.
const MAX_FINDINGS: usize = 200;

/// Reviews one result. A result is reviewed once.
pub(crate) async fn reviewed(
    pm: &PmReview,
    fact: &Fact,
    event: &Event<PhaseSubmitted>,
) -> Result<Once, Handled> {
    let subject = event.change();
    let Some((id, _)) = subject.as_str().split_once('/') else {
        return Err(Handled::poison("subject_invalid", "the subject is no phase of an engagement"));
    };
    let id = &id.into();
    let ledger = &pm.flow.ledger;
    pm.flow
        .once(&event.id, async || {
            let now = (pm.flow.clock)();
            let engagement = ledger.get::<Engagement>(&Key::engagement(id)).await?;
            let course = ledger.get::<Course>(&Key::course(id)).await?;
            let (Some(engagement), Some(course)) = (engagement, course) else {
                let why = "the ledger has no such engagement with phases";
                return Err(Handled::poison("engagement_unknown", why));
            };
            let (engagement, course) = (engagement.value, course.value);
            let (attempt, phase) = (event.data.attempt, &event.data.phase);
            let here = course.phase_id() == phase && course.attempt == attempt;
            let (Some(phase), Some(submission), true, Status::Reviewing) =
                (course.phase(), &course.submission, here, course.status)
            else {
                tracing::info!(engagement.attempt = attempt, "not waiting for a review");
                return Ok(Transition::new());
            };
            let key = Key::phase_review(id, &phase.id, attempt);
            if ledger.get::<PhaseReview>(&key).await?.is_some() {
                return Ok(Transition::new());
            }
            let bytes = submission.deliverables.iter().map(|d| d.artifact.bytes);
            let held = bytes.fold(0, u64::saturating_add).min(MAX_ALL);
            let _reserved = pm.memory.reserve(held).await;
            let read = read(pm, submission, course.submitted_by.as_ref()).await?;
            let searched = pm.bundle.search(&read.searched, &engagement.environment, now);
            let subject = Reviewed {
                engagement: id,
                phase,
                attempt,
                submission,
                criteria: &engagement.acceptance_criteria,
                texts: &read.texts,
            };
            let mut review = review(&subject, searched).map_err(Handled::fails)?;
            // The worst are first.
            review.findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
            let reviewed = PhaseReviewed {
                phase: phase.id.clone(),
                attempt,
                verdict: review.verdict,
                findings: first(&review.findings, IN_EVENT),
                finding_count: u32::try_from(review.findings.len()).unwrap_or(u32::MAX),
                content_hash: review.content_hash.clone(),
            };
            review.findings.truncate(MAX_FINDINGS);
            tracing::info!(
                engagement.id = id.as_str(),
                engagement.phase = phase.id,
                engagement.attempt = attempt,
                review.verdict = ?review.verdict,
                review.findings = reviewed.finding_count,
                "reviewed"
            );
            let emit = Emit::after(pm.flow.function, now, fact).within(id);
            let out = emit.event((course.subject().as_str(), attempt), "", reviewed)?;
            Ok(Transition::new().create(&key, &review)?.publishing(out))
        })
        .await
}

/// The deliverables of a result.
struct Read {
    /// The text of each; `None` if it has another format.
    texts: Vec<Result<Option<String>, Unread>>,
    /// What is searched: the texts, and what the result says itself.
    searched: Vec<EvidenceText>,
}

async fn read(pm: &PmReview, submission: &Submission, by: Option<&Actor>) -> Result<Read, Handled> {
    let said = serde_json::to_vec(submission)?;
    let mut all = Read { texts: Vec::new(), searched: vec![EvidenceText::named("result", &said)] };
    let mut left = MAX_ALL;
    for deliverable in &submission.deliverables {
        let artifact = &deliverable.artifact;
        let text = match allowed(pm, artifact, by, left) {
            Err(why) => Err(Unread(why)),
            Ok(()) => match pm.artifacts.get(artifact).await {
                Ok(bytes) => {
                    left = left.saturating_sub(artifact.bytes);
                    let text = EvidenceText::of(artifact, &bytes);
                    let binary = text.binary;
                    all.searched.push(text);
                    Ok(String::from_utf8(bytes).ok().filter(|_| !binary))
                }
                Err(error @ ArtifactError::S3(_)) => return Err(error.into()),
                Err(error) => Err(Unread(error.to_string())),
            },
        };
        all.texts.push(text);
    }
    Ok(all)
}

/// Whether a deliverable may be read: it is small enough, and who reported the result uploaded it. Otherwise a result could name the
/// uploads of somebody else.
fn allowed(
    pm: &PmReview,
    artifact: &Artifact,
    by: Option<&Actor>,
    left: u64,
) -> Result<(), String> {
    if artifact.bytes > MAX_DELIVERABLE.min(left) {
        return Err(format!(
            "it has {} bytes; a deliverable may have {MAX_DELIVERABLE}, and all of a result together {MAX_ALL}",
            artifact.bytes
        ));
    }
    if by.is_some_and(|by| pm.artifacts.is_in(&Folder::of(by), artifact)) {
        return Ok(());
    }
    Err("it was not uploaded by who reported the result; upload it with the token that reports"
        .to_owned())
}
