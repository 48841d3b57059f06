//! The demo: an agent proposes a real plan, two people approve it, and a permit allows its apply.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail};
use serde_json::Value;

use super::signed::signed;
use crate::deploy::Terraform;
use crate::paths;
use crate::progress::{logged, output, step};
use crate::stack::{Stack, headgate};
use crate::state::Deployed;

const CHANGE: &str = "demo-orders";
const ENGAGEMENT: &str = "demo";
/// The apply role may only create roles with this boundary.
const BOUNDARY: &str =
    "-var=permissions_boundary=arn:aws:iam::000000000000:policy/headgate-local-boundary";

struct Demo<'a> {
    deployed: &'a Deployed,
    config: PathBuf,
    dir: PathBuf,
}

impl Demo<'_> {
    fn headgate(&self, args: &[&str]) -> Command {
        let mut command = headgate(self.deployed, &self.config);
        command.args(args);
        command
    }

    fn json(&self, args: &[&str]) -> Result<Value> {
        let mut command = self.headgate(args);
        Ok(serde_json::from_str(&output(command.arg("--json"))?)?)
    }

    /// Returns the status of the demo's change, if the change exists.
    fn status(&self) -> Option<String> {
        let shown = self.json(&["change", "show", CHANGE, "--as", "vic"]).ok()?;
        shown["change"]["status"].as_str().map(str::to_owned)
    }

    fn watch(&self, status: &str) -> Result<Value> {
        self.json(&[
            "change",
            "watch",
            CHANGE,
            "--until",
            status,
            "--until",
            "needs_revision",
            "--until",
            "blocked",
            "--timeout",
            "120",
            "--as",
            "vic",
        ])
    }
}

/// Runs the demo unless an earlier run has finished it, then prints the record.
pub fn run(deployed: &Deployed, stack: &Stack) -> Result<()> {
    let demo = Demo { deployed, config: stack.config_file(), dir: stack.dir.join("demo") };
    match demo.status().as_deref() {
        Some("executed") => println!("the demo has already run; this is its record:"),
        Some(status) => bail!(
            "an earlier demo was interrupted and its change is {status}; \
             to start over, run `cargo xtask down` and then `cargo xtask up`"
        ),
        None => play(&demo)?,
    }
    let receipt = demo.dir.join("receipt.json").display().to_string();
    step("demo: the record is signed (takes up to a minute)", || {
        signed(&|args| demo.headgate(args), ENGAGEMENT, &receipt)
    })?;
    for args in [
        &["timeline", "show", ENGAGEMENT, "--as", "vic"][..],
        &["timeline", "verify", ENGAGEMENT, "--as", "vic"],
        &["verify", &receipt],
    ] {
        println!("$ headgate {}", args.join(" "));
        if !demo.headgate(args).status()?.success() {
            bail!("cannot show or verify the record of the demo; see the output above");
        }
    }
    Ok(())
}

fn play(demo: &Demo<'_>) -> Result<()> {
    let examples = paths::root().join("examples");
    let terraform =
        Terraform::new(&examples, &demo.dir.join("terraform"), Some(&demo.deployed.endpoint))?;
    let plan_file = demo.dir.join("orders.tfplan");
    let plan_json = demo.dir.join("plan.json");
    step("demo: terraform plan of examples/", || {
        terraform.init()?;
        let out = format!("-out={}", plan_file.display());
        let mut plan = terraform.command(&["plan", "-input=false", "-no-color", BOUNDARY, &out]);
        logged(&mut plan, &demo.dir.join("plan.log"))?;
        save_plan(&terraform, &plan_file, &plan_json)
    })?;
    let path = |p: &Path| p.display().to_string();
    let (plan, log) = (path(&plan_json), path(&demo.dir.join("plan.log")));
    let (planned, folder) = (path(&plan_file), path(&examples));
    let dossier = path(&examples.join("dossier.json"));
    step("demo: dana creates an engagement", || {
        let goal = "Orders need a durable queue.";
        demo.json(&[
            "engagement",
            "create",
            ENGAGEMENT,
            "--goal",
            goal,
            "--environment",
            "local",
            "--as",
            "dana",
        ])
    })?;
    step("demo: terraform-bot proposes the change on the bus", || {
        demo.json(&[
            "change",
            "submit",
            CHANGE,
            "--bus",
            "--event-version",
            "1",
            "--agent",
            "terraform-bot",
            "--model",
            "model-a",
            "--dossier",
            &dossier,
            "--plan",
            &plan,
            "--plan-file",
            &planned,
            "--dir",
            &folder,
            "--evidence",
            &log,
            "--lane",
            "execute",
            "--engagement",
            ENGAGEMENT,
            "--environment",
            "local",
            "--account",
            "000000000000",
            "--region",
            "us-east-1",
        ])
    })?;
    step("demo: intake, review, gate", || {
        let shown = demo.watch("awaiting_decision")?;
        if shown["change"]["status"] != "awaiting_decision" {
            bail!("the demo's change did not pass review: {}", shown["review"]["findings"]);
        }
        Ok(())
    })?;
    for person in ["alice", "bob"] {
        step(&format!("demo: {person} approves"), || {
            let shown = demo.json(&["change", "show", CHANGE, "--as", person])?;
            let hash = shown["change"]["content_hash"].as_str().unwrap_or_default();
            let vote = ["approve", CHANGE, "--hash", hash, "--comment", "read the plan"];
            demo.json(&[&vote[..], &["--as", person]].concat())
        })?;
    }
    demo.watch("approved")?;
    step(
        "demo: headgate apply gets a permit and credentials for this exact plan, applies it and reports the result",
        || {
            let file = path(&plan_file);
            let terraform_apply =
                [&terraform.program(), "apply", "-input=false", "-no-color", &file];
            let mut apply =
                demo.headgate(&["apply", &file, "--change", CHANGE, "--as", "terraform-bot"]);
            apply.arg("--").args(terraform_apply);
            terraform.dress(&mut apply);
            logged(&mut apply, &demo.dir.join("apply.log"))?;
            demo.watch("executed")?;
            finalized(demo)
        },
    )
}

fn save_plan(terraform: &Terraform, plan: &Path, json: &Path) -> Result<()> {
    let file = plan.display().to_string();
    std::fs::write(json, output(&mut terraform.command(&["show", "-json", &file]))?)?;
    Ok(())
}

/// Waits for the last entry of the timeline, `change.finalized.v1`.
fn finalized(demo: &Demo<'_>) -> Result<()> {
    let end = Instant::now() + std::time::Duration::from_secs(60);
    loop {
        let shown = demo.json(&["timeline", "show", ENGAGEMENT, "--as", "vic"])?;
        let entries = shown["entries"].as_array().cloned().unwrap_or_default();
        if entries.iter().any(|e| e["event"]["type"] == "change.finalized.v1") {
            return Ok(());
        }
        if Instant::now() > end {
            bail!("no change.finalized.v1 on the timeline {ENGAGEMENT} after 60 seconds");
        }
        std::thread::sleep(std::time::Duration::from_millis(300));
    }
}
