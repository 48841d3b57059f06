//! The list of local files that an apply may read, each with its digest. It is an artifact of the dossier, so the content hash covers it.
//!
//! `headgate apply` runs in a private folder that contains these files and no others. A list that forgets a file makes the apply fail;
//! it cannot make it read something else.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Media type of the list.
pub const FILE_LIST: &str = "application/vnd.headgate.files+json";
/// Most files in a list.
pub const MAX_FILES: usize = 5_000;
/// Most bytes of all files together: they are copied before the apply.
pub const MAX_TOTAL_BYTES: u64 = 1024 * 1024 * 1024;

/// The list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileList {
    /// The folder in which the apply runs, relative to the folder of the files. Empty if it is that folder.
    #[serde(default)]
    pub directory: String,
    /// The files by path. A path is relative, its parts are separated by `/`, and none of them is `.` or `..`.
    pub files: BTreeMap<String, NamedFile>,
}

/// A file in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedFile {
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Whether it is executable.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub executable: bool,
}

/// Why bytes are not a list of files.
#[derive(Debug, thiserror::Error)]
pub enum FileListError {
    /// Not JSON of this shape.
    #[error("the list of files cannot be read: {0}")]
    Shape(#[from] serde_json::Error),
    /// A path that leads somewhere else, or could.
    #[error(
        "`{0}` is not a relative path within the folder; use `--root` to choose a folder that contains every file"
    )]
    Path(String),
    /// A place where Terraform looks for programs.
    #[error(
        "`{0}` is where Terraform looks for programs to run; leave it out, providers are installed from their registry"
    )]
    Program(String),
    /// Too many files or bytes.
    #[error(
        "a list has at most {MAX_FILES} files with {MAX_TOTAL_BYTES} bytes in total; leave out what the apply does not read with `--exclude`"
    )]
    Large,
}

impl FileList {
    /// Reads and checks a list.
    ///
    /// # Errors
    /// [`FileListError`].
    pub fn parse(json: &[u8]) -> Result<Self, FileListError> {
        let list: Self = serde_json::from_slice(json)?;
        list.check()?;
        Ok(list)
    }

    /// Checks the paths and the limits.
    ///
    /// # Errors
    /// [`FileListError`].
    pub fn check(&self) -> Result<(), FileListError> {
        let paths = self.files.keys().map(String::as_str);
        let directory = (!self.directory.is_empty()).then_some(self.directory.as_str());
        if let Some(bad) = paths.chain(directory).find(|path| !is_inside(path)) {
            return Err(FileListError::Path(bad.chars().take(200).collect()));
        }
        if let Some(program) = self.files.keys().find(|path| is_for_programs(path)) {
            return Err(FileListError::Program(program.chars().take(200).collect()));
        }
        let total = self.files.values().fold(0_u64, |sum, file| sum.saturating_add(file.bytes));
        if self.files.len() > MAX_FILES || total > MAX_TOTAL_BYTES {
            return Err(FileListError::Large);
        }
        Ok(())
    }

    /// Whether the list has the file, or a file within the folder, that a plan names. The plan's paths are relative to
    /// [`FileList::directory`].
    #[must_use]
    pub fn names(&self, path: &str) -> bool {
        let Some(path) = resolve(&self.directory, path) else { return false };
        if path.is_empty() {
            return !self.files.is_empty();
        }
        let within = format!("{path}/");
        self.files.contains_key(&path)
            || self
                .files
                .range(within.clone()..)
                .next()
                .is_some_and(|(p, _)| p.starts_with(&within))
    }
}

/// Whether a path is relative, and has no part that leads out of its folder or that systems read in different ways.
fn is_inside(path: &str) -> bool {
    let good = |part: &str| !matches!(part, "" | "." | "..");
    !path.contains(['\0', '\\']) && path.split('/').all(good)
}

/// Whether Terraform looks there for providers and provisioners. Of its own folder, only downloaded modules may be listed.
fn is_for_programs(path: &str) -> bool {
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        if part == "terraform.d" || (part == ".terraform" && parts.peek() != Some(&"modules")) {
            return true;
        }
    }
    false
}

/// A path that is relative to `directory`, relative to its root. `None` if it leads out of the root.
fn resolve(directory: &str, path: &str) -> Option<String> {
    if path.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = directory.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{FileList, FileListError, MAX_FILES, NamedFile};

    fn list(directory: &str, paths: &[&str]) -> FileList {
        let file = NamedFile { sha256: "0".repeat(64), bytes: 1, executable: false };
        let files = paths.iter().map(|path| ((*path).to_owned(), file.clone())).collect();
        FileList { directory: directory.to_owned(), files }
    }

    #[test]
    fn a_path_cannot_lead_out_of_the_folder() {
        for bad in
            ["", "/etc/passwd", "..", "../a", "a/../../b", "a/./b", "a//b", "a/", "a\\b", "a\0b"]
        {
            assert!(matches!(list("", &[bad]).check(), Err(FileListError::Path(_))), "{bad:?}");
            assert!(bad.is_empty() || list(bad, &[]).check().is_err(), "{bad:?}");
        }
        for program in [
            "terraform.d/plugins/x",
            "a/terraform.d/x",
            ".terraform/plugins/x",
            "a/.terraform/providers/x",
            ".terraform",
        ] {
            assert!(
                matches!(list("", &[program]).check(), Err(FileListError::Program(_))),
                "{program}"
            );
        }
        for good in [".terraform/modules/m/x", "a", "a/b.zip", ".hidden", "a..b", "..a", "ä b"] {
            assert!(list("", &[good]).check().is_ok(), "{good}");
        }
        let many: Vec<_> = (0..=MAX_FILES).map(|n| n.to_string()).collect();
        let many: Vec<_> = many.iter().map(String::as_str).collect();
        assert!(matches!(list("", &many).check(), Err(FileListError::Large)));
    }

    #[test]
    fn the_paths_of_a_plan_are_found_from_where_it_runs() {
        let list = list("infra/prod", &["build/a.zip", "infra/prod/b.zip", "infra/c/d.txt"]);
        for named in [
            "../..",
            "b.zip",
            "./b.zip",
            "../../build/a.zip",
            "../c",
            "../c/",
            "../c/d.txt",
            "../../infra//prod/b.zip",
        ] {
            assert!(list.names(named), "{named}");
        }
        for other in
            ["a.zip", "../../../build/a.zip", "/infra/prod/b.zip", "b.zip2", "b.zi", "../c/d", "e"]
        {
            assert!(!list.names(other), "{other}");
        }
    }

    #[test]
    fn what_a_list_does_not_have_is_refused() {
        let json = br#"{"files":{"a":{"sha256":"x","bytes":1,"mode":"0777"}}}"#;
        assert!(matches!(FileList::parse(json), Err(FileListError::Shape(_))));
    }
}
