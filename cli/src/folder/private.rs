//! A private folder with the plan file and exactly the local files that the dossier names.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, symlink};
use std::path::{Component, Path, PathBuf};

use headgate_domain::files::{FileList, NamedFile};
use headgate_plan_file::{LOCK, PlanFile};
use serde_json::Value;

use super::copy_hashed;
use super::list::Folder;
use super::restore::{self, Before, WORK};
use crate::fail::Failure;

const PLAN: &str = "plan.tfplan";

/// A copy of the plan file in a folder that only this user can enter. The folder is deleted on drop.
pub(crate) struct PlanCopy {
    top: PathBuf,
    kept: Cell<bool>,
}

impl PlanCopy {
    /// Copies a plan file.
    pub(crate) fn of(planfile: &Path) -> Result<Self, Failure> {
        let failed = |e: io::Error| Failure::Usage(format!("{}: {e}", planfile.display()));
        let mut from = File::open(planfile).map_err(failed)?;
        let top = std::env::temp_dir().join(format!("headgate-{}", uuid::Uuid::new_v4()));
        DirBuilder::new().mode(0o700).create(&top).map_err(Failure::usage)?;
        let copy = Self { top, kept: Cell::new(false) };
        io::copy(&mut from, &mut create(&copy.path(), false).map_err(Failure::usage)?)
            .map_err(failed)?;
        Ok(copy)
    }

    /// The copy.
    pub(crate) fn path(&self) -> PathBuf {
        self.top.join(PLAN)
    }

    /// The folder of the copy.
    pub(crate) fn top(&self) -> &Path {
        &self.top
    }

    /// Keeps the folder: it has files that exist nowhere else.
    pub(crate) fn keep(&self) {
        self.kept.set(true);
    }

    /// The command, with the plan file replaced by the copy.
    pub(crate) fn instead_of(
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
        if command.iter().any(|argument| argument.starts_with("-chdir")) {
            return Err(Failure::Usage(
                "the command runs in a private copy of the folder; use `headgate apply --dir DIR` instead of `-chdir`".into(),
            ));
        }
        let copy = self.path().display().to_string();
        let put =
            |argument: &String| if is_plan(argument) { copy.clone() } else { argument.clone() };
        Ok(command.iter().map(put).collect())
    }
}

impl Drop for PlanCopy {
    fn drop(&mut self) {
        // After an apply, `close` has deleted it. If this fails, it stays in the temporary folder; nothing else can be done.
        if !self.kept.get() {
            drop(fs::remove_dir_all(&self.top));
        }
    }
}

/// The copy of the folder.
pub(crate) struct Private {
    dir: PathBuf,
    local: Option<PathBuf>,
}

impl Private {
    /// Copies the files of the list, and checks each against its digest while it is copied. Nothing else of the folder is there, except
    /// the state, if it is a local file.
    pub(crate) fn copy(
        top: &Path,
        folder: &Folder,
        list: &FileList,
        plan: &PlanFile,
    ) -> Result<Self, Failure> {
        list.check().map_err(Failure::usage)?;
        if list.directory != folder.directory && !list.files.is_empty() {
            return Err(Failure::Refused(format!(
                "the change was proposed from the folder `{}` of its root, but this is `{}`; pass the same --root and --dir",
                list.directory, folder.directory
            )));
        }
        let work = top.join(WORK);
        let mut private = Self { dir: work.join(&folder.directory), local: None };
        fs::create_dir_all(&private.dir).map_err(Failure::usage)?;
        for module in &plan.modules {
            inside(&folder.root, &folder.dir().join(module)).ok_or_else(|| {
                Failure::Refused(format!(
                    "the plan uses the module in {module}, which is outside of {}; pass --root with a folder that contains it",
                    folder.root.display()
                ))
            })?;
        }
        for (name, file) in &list.files {
            one(&folder.root.join(name), &work.join(name), name, file)?;
        }
        // Terraform takes configuration and backend from the plan file, but compares the lock file.
        let lock = private.dir.join(LOCK);
        if let Some(bytes) = plan.lock.as_ref().filter(|_| !lock.exists()) {
            fs::write(&lock, bytes).map_err(Failure::usage)?;
        }
        private.local = private.state(folder, &work, plan)?;
        let files = snapshot(&work).map_err(Failure::usage)?;
        Before { root: folder.root.clone(), files }.save(top).map_err(Failure::usage)?;
        Ok(private)
    }

    /// The command, if its program exists. Once the permit is used, a program that cannot start makes the change fail for good.
    pub(crate) fn found(&self, command: Vec<String>) -> Result<Vec<String>, Failure> {
        let program = Path::new(&command[0]);
        let exists = if program.components().count() > 1 {
            self.dir.join(program).is_file()
        } else {
            let path = std::env::var_os("PATH").unwrap_or_default();
            std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
        };
        if exists {
            return Ok(command);
        }
        Err(Failure::Usage(format!(
            "cannot find {0}; the command runs in a private folder with the files that were proposed, so {0} must be in PATH, be one of \
             these files, or have an absolute path",
            command[0]
        )))
    }

    /// Where the command runs.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// File of the state, if the backend is local.
    pub(crate) fn local_state(&self) -> Option<PathBuf> {
        self.local.clone()
    }

    /// Links the installed providers.
    pub(crate) fn link(&self, providers: &Path) -> Result<(), Failure> {
        let to = self.dir.join(".terraform");
        let linked = || {
            fs::create_dir_all(&to)?;
            symlink(providers, to.join("providers"))
        };
        if providers.is_dir() { linked().map_err(Failure::usage) } else { Ok(()) }
    }

    /// Links the state if it is a local file: the apply must change the one in the folder. Returns its path.
    fn state(
        &self,
        folder: &Folder,
        work: &Path,
        plan: &PlanFile,
    ) -> Result<Option<PathBuf>, Failure> {
        if plan.backend.kind != "local" {
            return Ok(None);
        }
        let path = local_state(&plan.state.workspace, &plan.backend.config);
        if path.is_absolute() {
            return Ok(Some(path));
        }
        let real = inside(&folder.root, &folder.dir().join(&path));
        let link = inside(work, &self.dir.join(&path));
        let (Some(real), Some(link)) = (real, link) else {
            return Err(Failure::Refused(format!(
                "the state {} is outside of {}; pass --root with a folder that contains it",
                path.display(),
                folder.root.display()
            )));
        };
        if link.symlink_metadata().is_ok() {
            return Err(Failure::Refused(format!(
                "{} is the state of the plan, but the dossier names it as a file; propose the change again",
                path.display()
            )));
        }
        let parents = [real.parent(), link.parent()];
        let made = parents.into_iter().flatten().try_for_each(fs::create_dir_all);
        made.and_then(|()| symlink(&real, link)).map_err(Failure::usage)?;
        Ok(Some(real))
    }
}

/// The file of a local backend, relative to where Terraform runs.
fn local_state(workspace: &str, config: &Value) -> PathBuf {
    const FILE: &str = "terraform.tfstate";
    let setting = |name: &str| config.get(name).and_then(Value::as_str);
    if workspace == "default" {
        return setting("path").unwrap_or(FILE).into();
    }
    let workspaces = setting("workspace_dir").unwrap_or("terraform.tfstate.d");
    Path::new(workspaces).join(workspace).join(FILE)
}

/// The path without `.` and `..`, if it is within `root`.
fn inside(root: &Path, path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            other => plain.push(other),
        }
    }
    plain.starts_with(root).then_some(plain)
}

fn one(from: &Path, to: &Path, name: &str, file: &NamedFile) -> Result<(), Failure> {
    let refused = |why: String| {
        Failure::Refused(format!("{name} {why}; nothing was applied. Propose a new revision"))
    };
    let copied = || {
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent)?;
        }
        // Somebody may have put a pipe, a device or an endless file in its place.
        if !from.metadata()?.is_file() {
            return Err(io::Error::other("it is not a file"));
        }
        let content = File::open(from)?.take(file.bytes.saturating_add(1));
        copy_hashed(&mut { content }, &mut create(to, file.executable)?)
    };
    match copied() {
        Ok((sha256, bytes)) if (&sha256, bytes) == (&file.sha256, file.bytes) => Ok(()),
        Ok((sha256, _)) => Err(refused(format!(
            "is not the file that was approved: its SHA-256 is {sha256}, not {}",
            file.sha256
        ))),
        Err(error) => Err(refused(format!("was approved, but cannot be copied: {error}"))),
    }
}

fn create(path: &Path, executable: bool) -> io::Result<File> {
    let mode = if executable { 0o700 } else { 0o600 };
    OpenOptions::new().write(true).create_new(true).mode(mode).open(path)
}

/// The digests of all files, to find out later which of them the apply wrote.
fn snapshot(work: &Path) -> io::Result<BTreeMap<PathBuf, String>> {
    let mut files = BTreeMap::new();
    restore::each(work, &mut |path, sha256| drop(files.insert(path.to_owned(), sha256)))?;
    Ok(files)
}
