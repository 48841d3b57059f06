//! `headgate apply` applies nothing but what people approved.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Child, Stdio};

use headgate_e2e::{Approved, BOT, PLAN, PLAN_FILE, World};
use serde_json::json;

/// A replacement for Terraform. `show` prints the stories' plan, and `apply` runs the commands in `$APPLY`.
/// The stories of `sites.rs` and the demo of `cargo xtask up` run the real Terraform; these test `headgate apply` around it.
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

pub(crate) fn ended(child: Child) -> (Option<i32>, String) {
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

/// The executor hangs, and its heartbeats go on. Waits for a heartbeat, up to a minute.
#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn an_operator_breaks_the_lock_of_an_apply_and_it_is_stopped() {
    let world = World::new();
    let workshop = Workshop::new(&world);
    let change = Approved::new(&world, "hanging");
    let hang = "trap 'exit 3' TERM; touch begun; while :; do sleep 0.1; done";
    let child = workshop.apply(&world, &change.proposal.change, hang);
    workshop.begun(&world);
    let environment = change.proposal.data["environment"].as_str().unwrap();
    let reason = ["release", environment, "--reason", "it hangs"];
    let (code, _, err) = world.headgate("olga", &reason);
    assert!(code == 1 && err.contains("--break-glass"), "{err}");
    let (code, out, err) = world.headgate("olga", &[&reason[..], &["--break-glass"]].concat());
    assert!(code == 0 && out.contains("terraform-bot has until"), "{out} {err}");
    let (code, said) = ended(child);
    assert!(code == Some(1) && said.contains("olga ends this apply (it hangs)"), "{said}");
    assert!(executed(&change, "execution_failed").ends_with("exit status: 3"));
    let broken = world.wait_event(&change.proposal.engagement, "lock.broken.v1");
    assert_eq!(
        (&broken["actorid"], &broken["data"]["reason"]),
        (&json!("olga"), &json!("it hangs"))
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
