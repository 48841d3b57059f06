//! What a review reads besides the plan: the cost estimate, the plan file and the list of local files.

use headgate_artifacts::{ArtifactError, Artifacts, Folder};
use headgate_domain::content::{SARIF, VALUES, file_list, plan_file};
use headgate_domain::files::FileList;
use headgate_domain::state::PlannedState;
use headgate_events::{Actor, ActorKind, Artifact, Dossier, PrincipalId};
use headgate_outbox::Handled;
use headgate_plan_file::PlanFile;
use headgate_review::{
    EvidenceText, INFRACOST, Scan, Unreadable, ValuesFile, infracost_cents, searched,
};

/// The contents of the attachments that a dossier has.
#[derive(Default)]
pub(crate) struct Attached {
    /// The change in monthly cost in US cents.
    pub(crate) estimated_cents: Option<i64>,
    /// The state that the plan was made from.
    pub(crate) state: Option<PlannedState>,
    /// SHA-256 over the configuration in the plan file.
    pub(crate) config_sha256: Option<String>,
    /// The local files that the apply may read.
    pub(crate) files: Option<FileList>,
    /// Results of other scanners.
    pub(crate) scans: Vec<Scan>,
    /// Evidence that is searched.
    pub(crate) evidence: Vec<EvidenceText>,
    /// Values of variables, by file.
    pub(crate) values: Vec<ValuesFile>,
}

fn estimate(dossier: &Dossier) -> Option<&Artifact> {
    dossier.evidence.iter().find(|artifact| artifact.media_type == INFRACOST)
}

/// Results of scanners.
fn scans(dossier: &Dossier) -> impl Iterator<Item = &Artifact> {
    dossier.evidence.iter().filter(|artifact| artifact.media_type == SARIF)
}

/// Values of variables.
fn values(dossier: &Dossier) -> impl Iterator<Item = &Artifact> {
    dossier.evidence.iter().filter(|artifact| artifact.media_type == VALUES)
}

/// How many bytes of attachments are in memory at the same time, at most.
pub(crate) fn bytes(dossier: &Dossier) -> u64 {
    let attached = [estimate(dossier), plan_file(dossier), file_list(dossier)];
    let attached = attached.into_iter().flatten().chain(scans(dossier));
    let largest = attached.map(|artifact| artifact.bytes).max().unwrap_or_default();
    // What is searched, and values, stay until the plan is reviewed.
    let kept =
        searched(dossier).0.into_iter().chain(values(dossier)).map(|artifact| artifact.bytes);
    kept.fold(largest, u64::saturating_add)
}

/// Reads the attachments, or says what the proposer must fix.
pub(crate) async fn read(
    store: &Artifacts,
    (proposers, barred): (&[PrincipalId], &[PrincipalId]),
    dossier: &Dossier,
) -> Result<Result<Attached, Unreadable>, Handled> {
    let mut reader = Reader { store, searched: searched(dossier).0, texts: Vec::new() };
    let mut attached = Attached::default();
    if let Some(artifact) = estimate(dossier) {
        let read = |bytes: &[u8]| infracost_cents(bytes).map_err(|error| error.to_string());
        match reader.one(artifact, read).await? {
            Ok(cents) => attached.estimated_cents = Some(cents),
            Err(why) => return Ok(Err(Unreadable::cost(why))),
        }
    }
    if let Some(artifact) = plan_file(dossier) {
        match reader.one(artifact, |bytes| PlanFile::read(bytes).map_err(|e| chain(&e))).await? {
            Ok(file) => {
                attached.state = Some(file.state);
                attached.config_sha256 = Some(file.config_sha256);
            }
            Err(why) => return Ok(Err(Unreadable::plan_file(why))),
        }
    }
    if let Some(artifact) = file_list(dossier) {
        match reader
            .one(artifact, |bytes| FileList::parse(bytes).map_err(|e| e.to_string()))
            .await?
        {
            Ok(files) => attached.files = Some(files),
            Err(why) => return Ok(Err(Unreadable::files(why))),
        }
    }
    for artifact in scans(dossier) {
        let read = |bytes: &[u8]| {
            Scan::parse(bytes, &dossier.plan.sha256).map_err(|error| error.to_string())
        };
        match reader.one(artifact, read).await? {
            Ok(runs) => {
                let mut involved = proposers.iter().chain(barred);
                let by_proposer = involved.any(|who| is_of(store, artifact, who));
                attached.scans.extend(runs.into_iter().map(|run| Scan {
                    by: store.scanned_by(artifact),
                    by_proposer,
                    sha256: artifact.sha256.clone(),
                    ..run
                }));
            }
            Err(why) => return Ok(Err(Unreadable::scan(why))),
        }
        if let Err(many) = Scan::few(&attached.scans) {
            return Ok(Err(Unreadable::scan(many.to_string())));
        }
    }
    for artifact in values(dossier) {
        let read = |bytes: &[u8]| ValuesFile::parse(bytes).map_err(|error| error.to_string());
        match reader.one(artifact, read).await? {
            Ok(file) => attached.values.push(file),
            Err(why) => return Ok(Err(Unreadable::values(why))),
        }
        if let Err(many) = ValuesFile::few(&attached.values) {
            return Ok(Err(Unreadable::values(many.to_string())));
        }
    }
    while let Some(artifact) = reader.searched.first().copied() {
        if let Err(why) = reader.one(artifact, |_| Ok(())).await? {
            return Ok(Err(Unreadable::evidence(why)));
        }
    }
    attached.evidence = reader.texts;
    Ok(Ok(attached))
}

/// Whether somebody with this name uploaded a scan, as a person or as an agent.
fn is_of(store: &Artifacts, scan: &Artifact, who: &PrincipalId) -> bool {
    [ActorKind::Agent, ActorKind::Human].into_iter().any(|kind| {
        let actor = Actor { kind, id: who.clone(), on_behalf_of: None };
        store.is_in(&Folder::scans(&actor), scan)
    })
}

/// Reads artifacts, each once.
struct Reader<'a> {
    store: &'a Artifacts,
    /// Evidence that is searched, and that was not read so far.
    searched: Vec<&'a Artifact>,
    texts: Vec<EvidenceText>,
}

impl Reader<'_> {
    async fn one<T>(
        &mut self,
        artifact: &Artifact,
        read: impl FnOnce(&[u8]) -> Result<T, String>,
    ) -> Result<Result<T, String>, Handled> {
        match self.store.get(artifact).await {
            Ok(bytes) => {
                let waiting = self.searched.iter().position(|a| std::ptr::eq(*a, artifact));
                if let Some(at) = waiting {
                    self.searched.remove(at);
                    self.texts.push(EvidenceText::of(artifact, &bytes));
                }
                Ok(read(&bytes))
            }
            Err(error @ ArtifactError::S3(_)) => Err(error.into()),
            Err(error) => Ok(Err(error.to_string())),
        }
    }
}

/// An error with its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
