//! Suites, read once by each process.

use std::sync::{Arc, Mutex, PoisonError};

use headgate_artifacts::{ArtifactError, Artifacts};
use headgate_events::Artifact;
use headgate_suites::suite::{Files, FilesError, Suite, SuiteError};

/// How many are kept.
const KEPT: usize = 4;

/// Suites by the digest of their artifact.
#[derive(Debug, Clone)]
pub struct Suites {
    artifacts: Artifacts,
    known: Arc<Mutex<Vec<Known>>>,
}

/// A suite that was read, with the digest of its artifact.
type Known = (String, Arc<Suite>);

/// A suite that cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum SuitesError {
    /// Its artifact cannot be read.
    #[error("the suite cannot be read")]
    Artifact(#[from] ArtifactError),
    /// The artifact is none.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// It is malformed.
    #[error(transparent)]
    Suite(#[from] SuiteError),
}

impl SuitesError {
    /// Whether whoever asked has to mend it.
    #[must_use]
    pub fn is_theirs(&self) -> bool {
        match self {
            Self::Artifact(error) => error.refusal().is_some(),
            Self::Files(_) | Self::Suite(_) => true,
        }
    }
}

impl Suites {
    /// Suites that are kept with these artifacts.
    #[must_use]
    pub fn new(artifacts: Artifacts) -> Self {
        Self { artifacts, known: Arc::default() }
    }

    /// The suite of an artifact, its bytes verified.
    ///
    /// # Errors
    /// [`SuitesError`].
    pub async fn get(&self, artifact: &Artifact) -> Result<Arc<Suite>, SuitesError> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, suite)) = known().iter().find(|(sha256, _)| *sha256 == artifact.sha256) {
            return Ok(Arc::clone(suite));
        }
        let files = Files::from_archive(&self.artifacts.get(artifact).await?)?;
        let suite = Arc::new(Suite::read(&files)?);
        let mut known = known();
        known.truncate(KEPT - 1);
        known.insert(0, (artifact.sha256.clone(), Arc::clone(&suite)));
        Ok(suite)
    }
}
