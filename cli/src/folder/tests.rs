//! What is named, what is copied, and what comes back.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::PathBuf;

use headgate_domain::canonical::sha256_hex;
use headgate_domain::files::FileList;
use headgate_domain::state::PlannedState;
use headgate_plan_file::{BackendConfig, LOCK, PlanFile};
use serde_json::{Map, Value};

use super::restore::WORK;
use super::{Folder, PlanCopy, Private, close};

/// A folder that is deleted on drop.
struct Temp(PathBuf);

impl Temp {
    fn new() -> Self {
        let dir = std::env::temp_dir().join(format!("headgate-test-{}", uuid::Uuid::new_v4()));
        fs::create_dir_all(&dir).unwrap();
        Self(dir.canonicalize().unwrap())
    }

    fn write(&self, path: &str, text: &str) -> PathBuf {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn folder(&self, dir: &str) -> Folder {
        Folder::at(Some(&self.0.join(dir)), Some(&self.0)).unwrap()
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn plan(backend: &str, place: &[(&str, &str)]) -> PlanFile {
    let place = place.iter().map(|(name, value)| ((*name).to_owned(), (*value).into()));
    let config = Value::Object(place.collect::<Map<_, _>>());
    PlanFile {
        state: PlannedState {
            backend: backend.to_owned(),
            place: BTreeMap::new(),
            workspace: "default".to_owned(),
            lineage: String::new(),
            serial: 0,
        },
        backend: BackendConfig { kind: backend.to_owned(), config },
        lock: Some(b"lock of the plan".to_vec()),
        config_sha256: String::new(),
        modules: vec![".".to_owned()],
    }
}

fn planfile(temp: &Temp) -> PlanCopy {
    PlanCopy::of(&temp.write("p.tfplan", "a plan")).unwrap()
}

fn message(result: Result<Private, crate::Failure>) -> String {
    result.map(|_| ()).unwrap_err().message()
}

#[test]
fn every_file_is_named_that_an_apply_could_read() {
    let temp = Temp::new();
    for path in [
        "infra/main.tf",
        "infra/.terraform.lock.hcl",
        "infra/.terraform/modules/vpc/user-data.sh",
        "infra/.terraform/providers/aws",
        "infra/.terraform/terraform.tfstate",
        "infra/terraform.tfstate",
        "infra/terraform.tfstate.backup",
        "infra/terraform.tfstate.d/x/terraform.tfstate",
        "infra/.terraform.tfstate.lock.info",
        ".git/config",
        "build/f.zip",
        "notes/left-out.txt",
        "plan.json",
    ] {
        temp.write(path, path);
    }
    let script = temp.write("run.sh", "#!/bin/sh");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    symlink(temp.0.join("build"), temp.0.join("infra/circle")).unwrap();
    symlink(&temp.0, temp.0.join("build/up")).unwrap();
    symlink("/nowhere", temp.0.join("dangling")).unwrap();
    let excluded = [temp.0.join("plan.json"), temp.0.join("notes")];
    let list = temp.folder("infra").list(&excluded).unwrap();
    assert_eq!(list.directory, "infra");
    let names: Vec<_> = list.files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "build/f.zip",
            "infra/.terraform.lock.hcl",
            "infra/.terraform/modules/vpc/user-data.sh",
            "infra/main.tf",
            "run.sh"
        ]
    );
    assert!(list.files["run.sh"].executable && !list.files["infra/main.tf"].executable);
    assert_eq!(list.files["build/f.zip"].sha256, sha256_hex(b"build/f.zip"));
    assert_eq!(FileList::parse(&serde_json::to_vec(&list).unwrap()).unwrap(), list);
}

#[test]
fn the_root_is_above_the_folder() {
    let temp = Temp::new();
    temp.write("a/x", "");
    temp.write("b/x", "");
    let at = |dir: &str, root: &str| Folder::at(Some(&temp.0.join(dir)), Some(&temp.0.join(root)));
    assert!(at("a", "b").unwrap_err().message().contains("is not within"));
    assert!(at("c", ".").unwrap_err().message().contains("/c: No such file"));
    assert_eq!(at("a", ".").unwrap().dir(), temp.0.join("a"));
}

#[test]
fn the_copy_has_exactly_the_files_that_were_named() {
    let temp = Temp::new();
    temp.write("infra/files/a.txt", "a");
    temp.write("build/f.zip", "zip");
    temp.write("infra/.terraform/terraform.tfstate", "backend");
    temp.write("infra/.terraform/providers/p", "provider");
    temp.write("infra/.terraform/plugins/linux_amd64/terraform-provisioner-local-exec", "evil");
    temp.write("infra/.terraform/plugin_path", "[\"/evil\"]");
    temp.write("infra/terraform.d/plugins/linux_amd64/terraform-provisioner-local-exec", "evil");
    let folder = temp.folder("infra");
    let list = folder.list(&[]).unwrap();
    // Written after the proposal.
    temp.write("infra/files/late.txt", "late");
    let copy = planfile(&temp);
    let mode = fs::metadata(copy.top()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    let private = Private::copy(copy.top(), &folder, &list, &plan("s3", &[])).unwrap();
    let read = |path: &str| fs::read_to_string(private.dir().join(path)).ok();
    assert_eq!(read("files/a.txt").as_deref(), Some("a"));
    assert_eq!(read("../build/f.zip").as_deref(), Some("zip"));
    assert_eq!(read("files/late.txt"), None);
    assert_eq!(read(LOCK).as_deref(), Some("lock of the plan"));
    // The backend that Terraform was initialized with could name a program.
    assert_eq!(read(".terraform/terraform.tfstate"), None);
    // Programs are installed again, not taken from the folder.
    assert_eq!(read(".terraform/providers/p"), None);
    assert_eq!(read(".terraform/plugins/linux_amd64/terraform-provisioner-local-exec"), None);
    assert_eq!(read("terraform.tfstate"), None);
}

#[test]
fn a_file_that_is_not_the_approved_one_is_refused() {
    let temp = Temp::new();
    let file = temp.write("a.txt", "approved");
    let folder = temp.folder("");
    let list = folder.list(&[]).unwrap();
    let copy = |list: &FileList, folder: &Folder| {
        let copy = planfile(&temp);
        message(Private::copy(copy.top(), folder, list, &plan("s3", &[])))
    };
    // Of the same length, so that only the digest tells them apart.
    fs::write(&file, "APPROVED").unwrap();
    assert!(copy(&list, &folder).contains("a.txt is not the file that was approved"));
    fs::remove_file(&file).unwrap();
    assert!(copy(&list, &folder).contains("a.txt was approved, but cannot be copied"));
    // A folder, and a file that does not end.
    fs::create_dir_all(&file).unwrap();
    assert!(copy(&list, &folder).contains("it is not a file"));
    fs::remove_dir(&file).unwrap();
    symlink("/dev/zero", &file).unwrap();
    assert!(copy(&list, &folder).contains("it is not a file"));
    fs::remove_file(&file).unwrap();
    temp.write("a.txt", &"approved".repeat(1_000_000));
    assert!(copy(&list, &folder).contains("a.txt is not the file that was approved"));
    temp.write("sub/x", "");
    let said = copy(&list, &temp.folder("sub"));
    assert!(said.contains("was proposed from the folder ``") && said.contains("--root"), "{said}");
    let mut outside = list.clone();
    let named = outside.files.remove("a.txt").unwrap();
    outside.files.insert("../a.txt".to_owned(), named);
    assert!(copy(&outside, &folder).contains("not a relative path"));
}

#[test]
fn a_state_or_a_module_elsewhere_is_refused() {
    let temp = Temp::new();
    temp.write("infra/x", "");
    let folder = Folder::at(Some(&temp.0.join("infra")), None).unwrap();
    let refused = |plan: &PlanFile| {
        let copy = planfile(&temp);
        message(Private::copy(copy.top(), &folder, &FileList::default(), plan))
    };
    let said = refused(&plan("local", &[("path", "../terraform.tfstate")]));
    assert!(said.contains("the state ../terraform.tfstate is outside"), "{said}");
    let mut elsewhere = plan("s3", &[]);
    for module in ["../modules/vpc", "/opt/modules/vpc", "a/../../b"] {
        elsewhere.modules = vec![".".to_owned(), module.to_owned()];
        assert!(refused(&elsewhere).contains(module));
    }
    // The state cannot be replaced by a file that the dossier names.
    temp.write("infra/s", "forged");
    let list = folder.list(&[]).unwrap();
    let copy = planfile(&temp);
    let named = Private::copy(copy.top(), &folder, &list, &plan("local", &[("path", "s")]));
    assert!(message(named).contains("the dossier names it as a file"));
}

#[test]
fn what_the_apply_writes_comes_back() {
    let temp = Temp::new();
    temp.write("kept.txt", "kept");
    temp.write("changed.txt", "before");
    let folder = temp.folder("");
    let list = folder.list(&[]).unwrap();
    let copy = planfile(&temp);
    let private = Private::copy(copy.top(), &folder, &list, &plan("local", &[])).unwrap();
    // As an apply would: it writes the state through the link, a new file, and a changed one.
    let write = |path: &str, text: &str| {
        let path = private.dir().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("terraform.tfstate", "state");
    assert_eq!(fs::read_to_string(temp.0.join("terraform.tfstate")).unwrap(), "state");
    write("errored.tfstate", "the only copy of the state");
    write("out/kubeconfig", "new");
    write("changed.txt", "after");
    // Somebody changed a file of the folder meanwhile; the copy of it was not written, so theirs stays.
    temp.write("kept.txt", "changed by somebody else");
    let top = copy.top().to_owned();
    close(&top).unwrap();
    let read = |path: &str| fs::read_to_string(temp.0.join(path)).unwrap();
    assert_eq!(read("errored.tfstate"), "the only copy of the state");
    assert_eq!(read("out/kubeconfig"), "new");
    assert_eq!(read("changed.txt"), "after");
    assert_eq!(read("kept.txt"), "changed by somebody else");
    assert!(!temp.0.join(LOCK).exists(), "what came from the plan stays away");
    assert!(!top.exists());
}

#[test]
fn what_cannot_come_back_is_kept() {
    let temp = Temp::new();
    let folder = temp.folder("");
    let copy = planfile(&temp);
    let private =
        Private::copy(copy.top(), &folder, &FileList::default(), &plan("s3", &[])).unwrap();
    fs::write(private.dir().join("errored.tfstate"), "state").unwrap();
    // A folder is in its place.
    fs::create_dir_all(temp.0.join("errored.tfstate/x")).unwrap();
    let said = close(copy.top()).unwrap_err().message();
    assert!(said.contains(copy.top().to_str().unwrap()), "{said}");
    copy.keep();
    let kept = copy.top().to_owned();
    drop(copy);
    assert_eq!(fs::read_to_string(kept.join(WORK).join("errored.tfstate")).unwrap(), "state");
    fs::remove_dir_all(kept).unwrap();
}

/// The folder belongs to the proposer; a link in it must not make the executor write elsewhere.
#[test]
fn nothing_comes_back_through_a_link() {
    let (temp, victim) = (Temp::new(), Temp::new());
    let target = victim.write("authorized_keys", "mine");
    symlink(&target, temp.0.join("out.txt")).unwrap();
    symlink(&victim.0, temp.0.join("ssh")).unwrap();
    let folder = temp.folder("");
    let close_with = |path: &str| {
        let copy = planfile(&temp);
        let private =
            Private::copy(copy.top(), &folder, &FileList::default(), &plan("s3", &[])).unwrap();
        let path = private.dir().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "theirs").unwrap();
        close(copy.top())
    };
    close_with("out.txt").unwrap();
    assert_eq!(fs::read_to_string(temp.0.join("out.txt")).unwrap(), "theirs");
    assert!(close_with("ssh/new").unwrap_err().message().contains("leads out of the folder"));
    assert_eq!(fs::read_to_string(&target).unwrap(), "mine");
    assert!(!victim.0.join("new").exists());
    // A lock that an interrupted apply left stays away, too.
    close_with(".terraform.tfstate.lock.info").unwrap();
    assert!(!temp.0.join(".terraform.tfstate.lock.info").exists());
}

#[test]
fn a_program_that_is_not_there_is_noticed_before_the_permit_is_used() {
    let temp = Temp::new();
    temp.write("scripts/apply.sh", "#!/bin/sh");
    let folder = temp.folder("");
    let list = folder.list(&[]).unwrap();
    let copy = planfile(&temp);
    let private = Private::copy(copy.top(), &folder, &list, &plan("s3", &[])).unwrap();
    let found = |program: &str| private.found(vec![program.to_owned(), "p.tfplan".to_owned()]);
    for good in ["sh", "/bin/sh", "./scripts/apply.sh", "scripts/apply.sh"] {
        assert!(found(good).is_ok(), "{good}");
    }
    // In the folder since the proposal, so not in the private one.
    temp.write("late.sh", "#!/bin/sh");
    for bad in ["./late.sh", "/nowhere/terraform", "no-such-program-anywhere", "scripts"] {
        assert!(found(bad).unwrap_err().message().contains("cannot find"), "{bad}");
    }
}
