//! A team's own policies, from a folder or from the artifact that Terraform makes of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use headgate_events::Artifact;
use serde::Deserialize;

/// Why a team's policies cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TeamError {
    /// The file system returned an error.
    #[error("{} cannot be read", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// The error.
        #[source]
        problem: std::io::Error,
    },
    /// There is no policy in it.
    #[error("{} contains no .rego file and no settings.json", .0.display())]
    Empty(PathBuf),
    /// The artifact does not contain files by name.
    #[error("the team's policies are not JSON of the form {{\"files\": {{name: text}}}}")]
    Archive(#[source] serde_json::Error),
}

/// Where the team's policies are stored; `None` if there are none. It is parsed from the JSON of an
/// [`Artifact`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TeamPolicies(pub Option<Artifact>);

impl std::str::FromStr for TeamPolicies {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text).map(Some).map(Self)
    }
}

#[derive(Deserialize)]
struct Archive {
    files: BTreeMap<String, String>,
}

/// The files of an artifact, by name.
///
/// # Errors
/// [`TeamError::Archive`].
pub fn from_archive(bytes: &[u8]) -> Result<Vec<(String, String)>, TeamError> {
    let Archive { files } = serde_json::from_slice(bytes).map_err(TeamError::Archive)?;
    if files.is_empty() {
        return Err(TeamError::Empty("the team's policies".into()));
    }
    Ok(files.into_iter().collect())
}

/// Every `.rego` file of a folder and its `settings.json`, sorted by name. Tests (`*_test.rego`) are skipped.
///
/// # Errors
/// [`TeamError`].
pub fn from_folder(folder: &Path) -> Result<Vec<(String, String)>, TeamError> {
    let failed = |path: &Path, problem| TeamError::Read { path: path.to_owned(), problem };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|e| failed(folder, e))? {
        let path = entry.map_err(|e| failed(folder, e))?.path();
        let Some(name) = path.file_name().and_then(|n| n.to_str()).map(str::to_owned) else {
            continue;
        };
        let policy = name.ends_with(".rego") && !name.ends_with("_test.rego");
        if policy || name == "settings.json" {
            files.push((name, std::fs::read_to_string(&path).map_err(|e| failed(&path, e))?));
        }
    }
    if files.is_empty() {
        return Err(TeamError::Empty(folder.to_owned()));
    }
    files.sort();
    Ok(files)
}
