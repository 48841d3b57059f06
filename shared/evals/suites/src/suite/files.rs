//! The files of a suite, read from a folder or from the artifact that a suite is packed into.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use headgate_domain::canonical::sha256_hex;
use serde::{Deserialize, Serialize};

/// Maximum size of a suite: all file names and texts together, in bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Files by their path relative to the suite's folder, with `/` as separator.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// Text of each file, by relative path.
    pub files: BTreeMap<String, String>,
}

/// The files cannot be read as the files of a suite.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// A file or folder cannot be read.
    #[error("{} cannot be read", path.display())]
    Read {
        /// Path of the file or folder.
        path: PathBuf,
        /// The error of the file system.
        #[source]
        problem: std::io::Error,
    },
    /// The suite, or one of its files, is larger than [`MAX_BYTES`].
    #[error(
        "the suite has {bytes} bytes, and the limit is {MAX_BYTES}; remove files that no task uses"
    )]
    TooLarge {
        /// Size of the suite, or of the single file that is too large, in bytes.
        bytes: usize,
    },
    /// A symbolic link or a special file.
    #[error(
        "{} is a link or a special file; a suite may contain only regular files and folders",
        path.display()
    )]
    NoFile {
        /// Path of the entry.
        path: PathBuf,
    },
    /// The artifact is not JSON of the expected form.
    #[error("the suite's artifact is not JSON of the form {{\"files\": {{name: text}}}}")]
    Archive(#[source] serde_json::Error),
}

impl Files {
    /// Reads a folder and its subfolders. Skips hidden entries and files that are not UTF-8 text.
    ///
    /// # Errors
    /// [`FilesError`].
    pub fn from_folder(folder: &Path) -> Result<Self, FilesError> {
        let mut files = BTreeMap::new();
        read(folder, "", &mut files)?;
        Self { files }.checked()
    }

    /// Reads the files from an artifact.
    ///
    /// # Errors
    /// [`FilesError`].
    pub fn from_archive(bytes: &[u8]) -> Result<Self, FilesError> {
        serde_json::from_slice::<Self>(bytes).map_err(FilesError::Archive)?.checked()
    }

    /// Packs the files into an artifact. The same files always give the same bytes.
    #[must_use]
    pub fn archive(&self) -> Vec<u8> {
        serde_json::json!({ "files": self.files }).to_string().into_bytes()
    }

    /// SHA-256 of the artifact, which is the version of the suite.
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
        // In a suite from somebody else, a link could point to any file of the person who packs it.
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
