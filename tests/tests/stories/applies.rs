//! `headgate apply`: what is approved is what is applied.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use headgate_e2e::{Approved, BOT, PLAN, PLAN_FILE, World};
use serde_json::Value;

/// A replacement for Terraform. `show` prints the stories' plan, and `apply` runs the commands in `$APPLY`.
/// The stories at the end and the demo of `cargo xtask up` run the real Terraform; those with this one test `headgate apply` around it.
struct Workshop {
    dir: PathBuf,
}

impl Workshop {
    fn new(world: &World) -> Self {
        let dir = std::env::temp_dir().join(world.id("apply"));
        std::fs::create_dir_all(&dir).unwrap();
        std::fs::write(dir.join("plan.json"), PLAN).unwrap();
        std::fs::write(dir.join("orders.tfplan"), PLAN_FILE).unwrap();
        let script = dir.join("terraform");
        // The command runs in a private folder. It has only the link to its state, because
        // the proposals name no local files.
        let text = "#!/bin/sh\nhome=$(dirname \"$0\")\n\
                    if [ \"$1\" = show ]; then exec cat \"$home/plan.json\"; fi\n\
                    if [ \"$1\" = state ] || [ \"$1\" = init ]; then exit 0; fi\n\
                    [ \"$(echo *)\" = \"state\" ] && cmp \"$2\" \"$home/orders.tfplan\" && cd \"$home\" && eval \"$APPLY\"\n";
        std::fs::write(&script, text).unwrap();
        std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
        Self { dir }
    }

    fn apply(&self, world: &World, change: &str, apply: &str) -> Child {
        let mut command = world.command(BOT, &["apply", "orders.tfplan", "--change", change, "--"]);
        command
            .arg(self.dir.join("terraform"))
            .args(["apply", "orders.tfplan"])
            .current_dir(&self.dir)
            .env("APPLY", apply)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    /// Waits until the apply has created the file `begun`.
    fn begun(&self, world: &World) {
        world.wait_for("the apply to begin", || self.dir.join("begun").exists().then_some(()));
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.dir).unwrap();
    }
}

fn ended(child: Child) -> (Option<i32>, String) {
    let output = child.wait_with_output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).unwrap())
}

/// Waits until a change has this status. Returns the `verification` text of its report.
fn executed(change: &Approved<'_>, status: &str) -> String {
    change.world.wait_status(&change.proposal.change, status);
    let event = change.world.wait_event(&change.proposal.engagement, "change.executed.v1");
    event["data"]["verification"].as_str().unwrap().to_owned()
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn an_apply_is_reported_as_it_ends() {
    let world = World::new();
    let workshop = Workshop::new(&world);
    let good = Approved::new(&world, "workshop");
    let (code, said) = ended(workshop.apply(&world, &good.proposal.change, "true"));
    assert_eq!(code, Some(0), "{said}");
    let bad = Approved::new(&world, "workshop");
    let (code, said) = ended(workshop.apply(&world, &bad.proposal.change, "exit 7"));
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("reported as failed"), "{said}");
    assert!(executed(&good, "executed").ends_with("terraform ended with exit status: 0"));
    assert!(executed(&bad, "execution_failed").ends_with("exit status: 7"));
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn an_apply_that_is_stopped_ends_in_its_own_way() {
    let world = World::new();
    let workshop = Workshop::new(&world);
    let stopped = Approved::new(&world, "stopped");
    let wait = "trap 'exit 3' TERM; touch begun; while :; do sleep 0.1; done";
    let child = workshop.apply(&world, &stopped.proposal.change, wait);
    workshop.begun(&world);
    signal(child.id(), nix::sys::signal::Signal::SIGTERM);
    assert_eq!(ended(child).0, Some(1));
    assert!(executed(&stopped, "execution_failed").ends_with("exit status: 3"));
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn an_apply_whose_executor_is_killed_is_reported_by_its_watchdog() {
    let world = World::new();
    let workshop = Workshop::new(&world);
    let killed = Approved::new(&world, "killed");
    let wait = "touch begun; while [ ! -e finish ]; do sleep 0.1; done";
    let mut child = workshop.apply(&world, &killed.proposal.change, wait);
    workshop.begun(&world);
    signal(child.id(), nix::sys::signal::Signal::SIGKILL);
    // Does not read the output to its end: Terraform still holds the pipes open.
    assert_eq!(child.wait().unwrap().code(), None);
    let shown = world.get("vic", &format!("/v1/changes/{}", killed.proposal.change)).ok();
    assert_eq!(shown["change"]["status"], "applying");
    std::fs::write(workshop.dir.join("finish"), "").unwrap();
    assert_eq!(
        executed(&killed, "execution_failed"),
        "the executor died during the apply; the outcome is unknown"
    );
}

fn signal(pid: u32, signal: nix::sys::signal::Signal) {
    let pid = nix::unistd::Pid::from_raw(i32::try_from(pid).unwrap());
    nix::sys::signal::kill(pid, signal).unwrap();
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn an_apply_of_something_else_is_refused_before_it_begins() {
    let world = World::new();
    let workshop = Workshop::new(&world);
    let change = Approved::new(&world, "unhurried");
    let other = PLAN.replace("orders-local", "orders-other");
    std::fs::write(workshop.dir.join("plan.json"), other).unwrap();
    let (code, said) = ended(workshop.apply(&world, &change.proposal.change, "touch applied"));
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("propose it as a new revision (plan_hash_mismatch"), "{said}");
    assert!(!workshop.dir.join("applied").exists());
}

/// A folder with a configuration that reads a file during the apply, made and planned by the real Terraform.
struct Site {
    dir: PathBuf,
}

const MAIN: &str = r#"
resource "terraform_data" "first" {
  input = "orders"
}

resource "terraform_data" "second" {
  input = templatefile("${path.module}/files/note.tpl", { first = terraform_data.first.id })

  provisioner "local-exec" {
    command = "cp files/note.tpl written.txt"
  }
}
"#;

impl Site {
    fn new(world: &World) -> Self {
        let dir = std::env::temp_dir().join(world.id("site"));
        std::fs::create_dir_all(dir.join("files")).unwrap();
        let site = Self { dir };
        site.write("main.tf", MAIN);
        site.write("files/note.tpl", "It is ${first}.");
        site.terraform(&["init", "-input=false"]);
        site.terraform(&["plan", "-input=false", "-out=orders.tfplan"]);
        let shown = site.terraform(&["show", "-json", "orders.tfplan"]);
        std::fs::write(site.dir.join("plan.json"), shown).unwrap();
        site.write("tests.txt", "12 passed");
        site
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.dir.join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.dir.join(name)).unwrap()
    }

    fn terraform(&self, args: &[&str]) -> Vec<u8> {
        let mut command = Command::new(terraform());
        let output = command.args(args).current_dir(&self.dir).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    /// Proposes the plan, and waits until it is approved.
    fn submit(&self, world: &World) -> String {
        let (change, engagement) = (world.id("chg"), world.id("eng"));
        world.engage(&engagement);
        let dossier = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/dossier.json");
        let mut command = world.command(BOT, &["change", "submit", &change, "--engagement"]);
        command.arg(&engagement).arg("--dossier").arg(dossier).current_dir(&self.dir).args([
            "--plan",
            "plan.json",
            "--plan-file",
            "orders.tfplan",
            "--evidence",
            "tests.txt",
            "--agent",
            BOT,
            "--model",
            "model-a",
            "--environment",
            "planfile",
            "--account",
            "000000000000",
            "--region",
            "us-east-1",
        ]);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        world.wait_status(&change, "approved");
        change
    }

    fn apply(&self, world: &World, change: &str) -> (Option<i32>, String) {
        let mut command = world.command(BOT, &["apply", "orders.tfplan", "--change", change, "--"]);
        command.arg(terraform()).args(["apply", "-input=false", "-no-color", "orders.tfplan"]);
        command.current_dir(&self.dir).stdout(Stdio::piped()).stderr(Stdio::piped());
        ended(command.spawn().unwrap())
    }
}

// The test runner sets it, not a deployment.
#[allow(clippy::disallowed_methods)]
fn terraform() -> String {
    std::env::var("HEADGATE_E2E_TERRAFORM").unwrap()
}

impl Drop for Site {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.dir).unwrap();
    }
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn only_what_was_approved_is_applied_and_only_to_its_state() {
    let world = World::new();
    let site = Site::new(&world);
    let change = site.submit(&world);
    let (code, shown, _) = world.headgate("vic", &["change", "show", &change]);
    assert!(
        code == 0 && shown.contains("an empty state") && shown.contains("files/note.tpl"),
        "{shown}"
    );
    let refused = |said: &str| {
        let (code, text) = site.apply(&world, &change);
        assert!(code == Some(1) && text.contains(said), "{text}");
        let now = world.get("vic", &format!("/v1/changes/{change}")).ok();
        assert_eq!(now["change"]["status"], "approved", "the permit was used");
    };

    // The template is read during the apply, and is in no plan.
    site.write("files/note.tpl", "It is ${first}. $${other}");
    refused("files/note.tpl is not the file that was approved");
    std::fs::remove_file(site.dir.join("files/note.tpl")).unwrap();
    refused("files/note.tpl was approved, but cannot be copied");
    site.write("files/note.tpl", "It is ${first}.");

    // Somebody else's state is where the empty one was. An apply would create everything again in it.
    let other = r#"{"version":4,"terraform_version":"1.11.4","serial":7,"lineage":"5ca1ab1e","outputs":{},"resources":[]}"#;
    site.write("terraform.tfstate", other);
    refused(
        "the plan was made from an empty state, but the state here is serial 7 of the state 5ca1ab1e",
    );
    std::fs::remove_file(site.dir.join("terraform.tfstate")).unwrap();

    // Another plan of the same configuration has the same effect, but was not approved.
    let approved = std::fs::read(site.dir.join("orders.tfplan")).unwrap();
    site.terraform(&["plan", "-input=false", "-out=orders.tfplan"]);
    refused("plan_file_mismatch");
    std::fs::write(site.dir.join("orders.tfplan"), approved).unwrap();

    // A program of the folder that Terraform would run instead of its own provisioner.
    let plugins = site.dir.join(".terraform/plugins/linux_amd64");
    std::fs::create_dir_all(&plugins).unwrap();
    let plugin = plugins.join("terraform-provisioner-local-exec");
    let script = format!("#!/bin/sh\ntouch {}\n", site.dir.join("ran").display());
    std::fs::write(&plugin, script).unwrap();
    std::fs::set_permissions(&plugin, std::fs::Permissions::from_mode(0o755)).unwrap();

    let (code, text) = site.apply(&world, &change);
    assert_eq!(code, Some(0), "{text}");
    world.wait_status(&change, "executed");
    assert!(!site.dir.join("ran").exists(), "a program of the folder ran");
    // The state is in the folder, and so is what the apply wrote. Nothing of the private copy is left.
    let state: Value = serde_json::from_str(&site.read("terraform.tfstate")).unwrap();
    assert_eq!(state["resources"].as_array().unwrap().len(), 2);
    assert_eq!(site.read("written.txt"), "It is ${first}.");
    let (code, text) = site.apply(&world, &change);
    assert!(code == Some(1) && text.contains("not_approved"), "{text}");
}
