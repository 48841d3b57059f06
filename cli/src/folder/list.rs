//! Lists the files of a folder with their digests.

use std::collections::BTreeSet;
use std::fs::{File, Metadata};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use headgate_domain::files::{FileList, MAX_FILES, MAX_TOTAL_BYTES, NamedFile};

use super::copy_hashed;
use crate::fail::Failure;

/// Folders that an apply does not read.
const SKIPPED_FOLDERS: [&str; 5] = [".git", ".hg", ".svn", "terraform.tfstate.d", "terraform.d"];
/// Folder of Terraform's own files. Of these, only downloaded modules are read by their path. Providers are installed again for the apply.
const TERRAFORM: &str = ".terraform";
const MODULES: &str = "modules";

/// The folder with the files of an apply, and the folder within it where Terraform runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Folder {
    pub(super) root: PathBuf,
    pub(super) directory: String,
}

impl Folder {
    /// Where Terraform runs (`--dir`), and a folder above it with every file that it may read (`--root`).
    pub(crate) fn at(dir: Option<&Path>, root: Option<&Path>) -> Result<Self, Failure> {
        let here = Path::new(".");
        let found = |path: &Path| {
            path.canonicalize()
                .map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))
        };
        let dir = found(dir.unwrap_or(here))?;
        let root = root.map(found).transpose()?.unwrap_or_else(|| dir.clone());
        let Ok(directory) = dir.strip_prefix(&root) else {
            return Err(Failure::Usage(format!(
                "{} is not within {}; --root must be a folder above the one where Terraform runs",
                dir.display(),
                root.display()
            )));
        };
        Ok(Self { directory: relative(directory)?, root })
    }

    /// The folder where Terraform runs.
    pub(crate) fn dir(&self) -> PathBuf {
        self.root.join(&self.directory)
    }

    /// Whether a path is within the folder.
    pub(crate) fn contains(&self, path: &Path) -> bool {
        path.starts_with(&self.root)
    }

    /// Lists every file, except state files, what version control keeps, what Terraform installed, and `excluded`.
    pub(crate) fn list(&self, excluded: &[PathBuf]) -> Result<FileList, Failure> {
        let excluded = excluded.iter().filter_map(|path| path.canonicalize().ok()).collect();
        let mut walk =
            Walk { list: FileList::default(), total: 0, excluded, seen: BTreeSet::new() };
        walk.folder(&self.root, Path::new(""))
            .map_err(|(path, why)| Failure::Usage(format!("{}: {why}", path.display())))?;
        let list = FileList { directory: self.directory.clone(), ..walk.list };
        list.check().map_err(Failure::usage)?;
        Ok(list)
    }
}

struct Walk {
    list: FileList,
    total: u64,
    excluded: BTreeSet<PathBuf>,
    /// Folders that were visited: links could form a circle.
    seen: BTreeSet<PathBuf>,
}

type Wrong = (PathBuf, String);

impl Walk {
    fn folder(&mut self, root: &Path, within: &Path) -> Result<(), Wrong> {
        let path = root.join(within);
        let wrong = |error: io::Error| (path.clone(), error.to_string());
        let real = path.canonicalize().map_err(wrong)?;
        if self.excluded.contains(&real) || !self.seen.insert(real) {
            return Ok(());
        }
        let mut entries = std::fs::read_dir(&path)
            .and_then(Iterator::collect::<io::Result<Vec<_>>>)
            .map_err(wrong)?;
        entries.sort_by_key(std::fs::DirEntry::file_name);
        let of_terraform = within.file_name().is_some_and(|name| name == TERRAFORM);
        for entry in entries {
            let (name, path) = (entry.file_name(), entry.path());
            let within = within.join(&name);
            // A link that leads nowhere cannot be read by the apply either.
            let Ok(metadata) = path.metadata() else { continue };
            if metadata.is_dir() {
                let skipped = SKIPPED_FOLDERS.iter().any(|folder| name == *folder)
                    || (of_terraform && name != MODULES);
                if !skipped {
                    self.folder(root, &within)?;
                }
            } else if metadata.is_file() && !of_terraform && !is_state(&name.to_string_lossy()) {
                self.file(&path, &within, &metadata)?;
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, within: &Path, metadata: &Metadata) -> Result<(), Wrong> {
        let wrong = |error: io::Error| (path.to_owned(), error.to_string());
        if self.excluded.contains(&path.canonicalize().map_err(wrong)?) {
            return Ok(());
        }
        self.total = self.total.saturating_add(metadata.len());
        if self.list.files.len() >= MAX_FILES || self.total > MAX_TOTAL_BYTES {
            let megabytes = MAX_TOTAL_BYTES / (1024 * 1024);
            let why = format!(
                "with this file, the folder has more than {MAX_FILES} files or {megabytes} MiB; run in the folder of the configuration \
                 (or name it with --dir), and leave out what the apply does not read with --exclude"
            );
            return Err((path.to_owned(), why));
        }
        let name = relative(within).map_err(|failure| (path.to_owned(), failure.message()))?;
        let mut file = File::open(path).map_err(wrong)?;
        let (sha256, bytes) = copy_hashed(&mut file, &mut io::sink()).map_err(wrong)?;
        let executable = metadata.permissions().mode() & 0o111 != 0;
        self.list.files.insert(name, NamedFile { sha256, bytes, executable });
        Ok(())
    }
}

/// Whether it is the name of a state file, a copy of one, or its lock.
pub(super) fn is_state(name: &str) -> bool {
    name.ends_with(".tfstate") || name.contains(".tfstate.")
}

/// A relative path as the list has it.
fn relative(path: &Path) -> Result<String, Failure> {
    let parts: Option<Vec<_>> = path.iter().map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("/")).ok_or_else(|| {
        Failure::Usage(format!("{}: rename it, because its name is not UTF-8", path.display()))
    })
}
