//! A private copy of the plan file.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use crate::fail::Failure;

/// The copy. It is deleted on drop.
pub(super) struct PlanCopy {
    path: PathBuf,
}

impl PlanCopy {
    /// Copies a plan file to a temporary file that only this user can read and write.
    pub(super) fn of(planfile: &Path) -> Result<Self, Failure> {
        let failed = |e: io::Error| Failure::Usage(format!("{}: {e}", planfile.display()));
        let mut from = File::open(planfile).map_err(failed)?;
        let name = format!("headgate-{}.tfplan", uuid::Uuid::new_v4());
        let path = std::env::temp_dir().join(name);
        let mut to = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .map_err(Failure::usage)?;
        let copy = Self { path };
        io::copy(&mut from, &mut to).map_err(failed)?;
        Ok(copy)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The command, with the plan file replaced by the copy.
    pub(super) fn instead_of(
        &self,
        planfile: &Path,
        command: &[String],
    ) -> Result<Vec<String>, Failure> {
        let is_plan = |argument: &String| Path::new(argument) == planfile;
        if !command.iter().any(is_plan) {
            return Err(Failure::Usage(format!(
                "no argument after `--` is the plan file {0}; for example: -- terraform apply {0}",
                planfile.display()
            )));
        }
        let copy = self.path.display().to_string();
        let put =
            |argument: &String| if is_plan(argument) { copy.clone() } else { argument.clone() };
        Ok(command.iter().map(put).collect())
    }
}

impl Drop for PlanCopy {
    fn drop(&mut self) {
        // If this fails, the copy stays in the temporary folder; nothing else can be done.
        drop(std::fs::remove_file(&self.path));
    }
}
