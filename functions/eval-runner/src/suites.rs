//! Cache of suites, so that each process reads a suite only once.

use std::sync::{Arc, Mutex, PoisonError};

use headgate_artifacts::{ArtifactError, Artifacts, Folder};
use headgate_events::Artifact;
use headgate_outbox::Handled;
use headgate_suites::suite::{Files, FilesError, Suite, SuiteError};

/// Maximum number of cached suites.
const KEPT: usize = 4;

/// A cache of suites, by the place and digest of their artifact: a digest alone would let somebody name the suite of somebody else.
#[derive(Debug, Clone)]
pub struct Suites {
    artifacts: Artifacts,
    known: Arc<Mutex<Vec<Known>>>,
}

/// An artifact, and the suite in it.
type Known = (Artifact, Arc<Suite>);

/// Who requests an evaluation, as the bus or the API verified it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requester {
    /// A schedule of the fleet.
    Schedule,
    /// Somebody who uploads to this folder.
    Uploader(Folder),
}

/// A suite cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum SuitesError {
    /// The artifact cannot be read.
    #[error("the suite cannot be read")]
    Artifact(#[from] ArtifactError),
    /// The artifact is not a packed suite.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The suite is malformed.
    #[error(transparent)]
    Suite(#[from] SuiteError),
}

impl SuitesError {
    /// Whether the case or the run fails by itself, or only S3 failed.
    #[must_use]
    pub fn handled(self) -> Handled {
        if self.is_theirs() { Handled::fails(self) } else { self.into() }
    }

    /// Whether the requester has to fix it.
    #[must_use]
    pub fn is_theirs(&self) -> bool {
        match self {
            Self::Artifact(error) => error.refusal().is_some(),
            Self::Files(_) | Self::Suite(_) => true,
        }
    }
}

impl Suites {
    /// Whether a requester may name this suite. An evaluation says a lot about it, so it must be the requester's own upload; the fleet's
    /// schedules name suites that Terraform stored.
    #[must_use]
    pub fn may_name(&self, requester: &Requester, suite: &Artifact) -> bool {
        match requester {
            Requester::Schedule => self.artifacts.is_fleets(suite),
            Requester::Uploader(folder) => self.artifacts.is_in(folder, suite),
        }
    }

    /// Creates an empty cache that loads suites from these artifacts.
    #[must_use]
    pub fn new(artifacts: Artifacts) -> Self {
        Self { artifacts, known: Arc::default() }
    }

    /// The suite in an artifact. Verifies the digest of the artifact when it is loaded.
    ///
    /// # Errors
    /// [`SuitesError`].
    pub async fn get(&self, artifact: &Artifact) -> Result<Arc<Suite>, SuitesError> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, suite)) = known().iter().find(|(known, _)| known == artifact) {
            return Ok(Arc::clone(suite));
        }
        let files = Files::from_archive(&self.artifacts.get(artifact).await?)?;
        let suite = Arc::new(Suite::read(&files)?);
        let mut known = known();
        known.truncate(KEPT - 1);
        known.insert(0, (artifact.clone(), Arc::clone(&suite)));
        Ok(suite)
    }
}
