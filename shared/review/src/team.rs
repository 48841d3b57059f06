//! A team's own policies, from a folder.

use std::path::{Path, PathBuf};

/// A folder that cannot be read as a bundle.
#[derive(Debug, thiserror::Error)]
pub enum TeamError {
    /// The file system said no.
    #[error("{} cannot be read", path.display())]
    Read {
        /// What was read.
        path: PathBuf,
        /// Why not.
        #[source]
        problem: std::io::Error,
    },
    /// Nothing in it is a policy.
    #[error("{} holds no .rego file and no settings.json", .0.display())]
    Empty(PathBuf),
}

/// Every `.rego` file of a folder and its `settings.json`, by name. Tests (`*_test.rego`) stay out.
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
