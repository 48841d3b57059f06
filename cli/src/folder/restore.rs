//! Brings back what the apply wrote, and deletes the private folder.
//!
//! A configuration may write files (`local_file`), and Terraform writes `errored.tfstate` if it cannot store the state: losing that
//! would lose the state.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::copy_hashed;
use crate::fail::Failure;

/// Folder within the private one that takes the place of the root. It lies deep, so that a path such as `../../x` does not lead into the
/// temporary folder that all users share.
pub(super) const WORK: &str = "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/work";
const BEFORE: &str = "before.json";

/// What was in the private folder before the apply, and where it came from.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Before {
    pub(super) root: PathBuf,
    pub(super) files: BTreeMap<PathBuf, String>,
}

impl Before {
    pub(super) fn save(&self, top: &Path) -> io::Result<()> {
        fs::write(top.join(BEFORE), serde_json::to_vec(self)?)
    }
}

/// Copies every file that is new or changed to the folder that the private one was copied from, and deletes the private one. A file that
/// cannot be brought back keeps the private folder in place.
pub(crate) fn close(top: &Path) -> Result<(), Failure> {
    let kept = |error: io::Error| {
        Failure::Refused(format!(
            "cannot bring back what the apply wrote ({error}); it is in {}",
            top.display()
        ))
    };
    bring_back(top).map_err(kept)?;
    fs::remove_dir_all(top).map_err(kept)
}

fn bring_back(top: &Path) -> io::Result<()> {
    let Ok(before) = fs::read(top.join(BEFORE)) else { return Ok(()) };
    let Before { root, files } = serde_json::from_slice(&before)?;
    let work = top.join(WORK);
    let mut written = Vec::new();
    each(&work, &mut |path, sha256| {
        if files.get(path) != Some(&sha256) {
            written.push(path.to_owned());
        }
    })?;
    for path in written {
        bring_one(&work.join(&path), &root, &path)?;
    }
    Ok(())
}

/// Copies a file to its place, beside it first: a link in its place must not lead the content elsewhere.
fn bring_one(from: &Path, root: &Path, path: &Path) -> io::Result<()> {
    let to = root.join(path);
    let parent = to.parent().unwrap_or(root);
    fs::create_dir_all(parent)?;
    if !parent.canonicalize()?.starts_with(root) {
        return Err(io::Error::other(format!("{} leads out of the folder", parent.display())));
    }
    let beside = parent.join(format!(".headgate-{}", uuid::Uuid::new_v4()));
    let mode = to.symlink_metadata().ok().filter(fs::Metadata::is_file).map(|m| m.permissions());
    let moved = fs::copy(from, &beside)
        .and_then(|_| mode.map_or(Ok(()), |mode| fs::set_permissions(&beside, mode)))
        .and_then(|()| fs::rename(&beside, &to));
    if moved.is_err() {
        drop(fs::remove_file(&beside));
    }
    moved
}

/// Visits every file with its SHA-256. Links, and what Terraform has installed, are no files of the folder.
pub(super) fn each(work: &Path, visit: &mut dyn FnMut(&Path, String)) -> io::Result<()> {
    let mut folders = vec![PathBuf::new()];
    while let Some(within) = folders.pop() {
        for entry in fs::read_dir(work.join(&within))? {
            let entry = entry?;
            let (kind, path) = (entry.file_type()?, within.join(entry.file_name()));
            if kind.is_dir() && entry.file_name() != ".terraform" {
                folders.push(path);
            } else if kind.is_file() && !is_lock(&entry.file_name().to_string_lossy()) {
                let (sha256, _) = copy_hashed(&mut File::open(entry.path())?, &mut io::sink())?;
                visit(&path, sha256);
            }
        }
    }
    Ok(())
}

/// Whether it is the lock of a local state. One that an interrupted apply left says nothing about the state in the folder.
fn is_lock(name: &str) -> bool {
    name.ends_with(".tfstate.lock.info")
}
