//! The files of a suite: from a folder, or from the one artifact as which a suite travels.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use headgate_domain::canonical::sha256_hex;
use serde::{Deserialize, Serialize};

/// Largest suite, in bytes of all its files.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Files by their name below the suite's folder, with `/` between folders.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// Text by name.
    pub files: BTreeMap<String, String>,
}

/// Files that cannot be read as a suite's.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// The file system said no.
    #[error("{} cannot be read", path.display())]
    Read {
        /// What was read.
        path: PathBuf,
        /// Why not.
        #[source]
        problem: std::io::Error,
    },
    /// Too much to travel.
    #[error("the suite has {bytes} bytes; {MAX_BYTES} is the most: leave out what no task names")]
    TooLarge {
        /// How much there is.
        bytes: usize,
    },
    /// A link, or something else that is no file.
    #[error("{} is a link, or no file; a suite has only files and folders of its own", path.display())]
    NoFile {
        /// What it is.
        path: PathBuf,
    },
    /// The artifact is something else.
    #[error("the suite's artifact is no JSON of the form {{\"files\": {{name: text}}}}")]
    Archive(#[source] serde_json::Error),
}

impl Files {
    /// Reads a folder with all its folders. Hidden files, and what is not text, stay out.
    ///
    /// # Errors
    /// [`FilesError`].
    pub fn from_folder(folder: &Path) -> Result<Self, FilesError> {
        let mut files = BTreeMap::new();
        read(folder, "", &mut files)?;
        Self { files }.checked()
    }

    /// Reads the artifact.
    ///
    /// # Errors
    /// [`FilesError`].
    pub fn from_archive(bytes: &[u8]) -> Result<Self, FilesError> {
        serde_json::from_slice::<Self>(bytes).map_err(FilesError::Archive)?.checked()
    }

    /// The artifact: the same files are the same bytes.
    #[must_use]
    pub fn archive(&self) -> Vec<u8> {
        serde_json::json!({ "files": self.files }).to_string().into_bytes()
    }

    /// SHA-256 of the artifact: the version of the suite.
    #[must_use]
    pub fn digest(&self) -> String {
        sha256_hex(&self.archive())
    }

    fn checked(self) -> Result<Self, FilesError> {
        let bytes = self.files.iter().map(|(name, text)| name.len() + text.len()).sum();
        if bytes > MAX_BYTES { Err(FilesError::TooLarge { bytes }) } else { Ok(self) }
    }
}

fn read(
    folder: &Path,
    prefix: &str,
    files: &mut BTreeMap<String, String>,
) -> Result<(), FilesError> {
    let failed = |path: &Path, problem| FilesError::Read { path: path.to_owned(), problem };
    for entry in std::fs::read_dir(folder).map_err(|e| failed(folder, e))? {
        let entry = entry.map_err(|e| failed(folder, e))?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(|e| failed(folder, e))?);
        let Some(name) = path.file_name().and_then(|n| n.to_str()) else { continue };
        if name.starts_with('.') {
            continue;
        }
        let name = format!("{prefix}{name}");
        if kind.is_dir() {
            read(&path, &format!("{name}/"), files)?;
            continue;
        }
        // A link could lead to any file of whoever packs a suite that somebody else wrote.
        if !kind.is_file() {
            return Err(FilesError::NoFile { path });
        }
        let bytes = entry.metadata().map_err(|e| failed(&path, e))?.len();
        if bytes > MAX_BYTES as u64 {
            return Err(FilesError::TooLarge {
                bytes: usize::try_from(bytes).unwrap_or(usize::MAX),
            });
        }
        if let Ok(text) = String::from_utf8(std::fs::read(&path).map_err(|e| failed(&path, e))?) {
            files.insert(name, text);
        }
    }
    Ok(())
}
