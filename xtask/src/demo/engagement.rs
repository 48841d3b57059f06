//! An engagement with scripted agents, on a separate emulator: from its beginning to the retrospective, through the command line only.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::signed::signed;
use crate::emulator::Kind;
use crate::progress::{output, shown, step};
use crate::recorded::{self, Recorded};
use crate::stack::{Stack, headgate};
use crate::state::Deployed;
use crate::{build, paths};

const ID: &str = "demo-orders";
const ROLES: [&str; 7] = ["data", "dev", "infra", "pm", "qa", "sa", "security"];
/// Each phase, who works on it, and what it makes.
const PHASES: [(&str, &str, &[&str]); 6] = [
    ("discovery", "pm-bot", &["project_plan", "phase_summary"]),
    (
        "architecture",
        "terraform-bot",
        &["architecture_doc", "adr", "security_review", "phase_summary"],
    ),
    ("poc", "terraform-bot", &["test_plan", "phase_summary"]),
    ("production", "terraform-bot", &["test_plan", "security_review", "phase_summary"]),
    ("handoff", "pm-bot", &["phase_summary"]),
    ("retrospective", "pm-bot", &["phase_summary"]),
];

pub fn engagement_demo() -> Result<()> {
    build::zips()?;
    let begun = Instant::now();
    let dir = paths::home().join("engagement-demo");
    recorded::with_models(Stack::new(Kind::Ministack, dir), run)?;
    println!("\nthe demo took {} seconds, without the build", begun.elapsed().as_secs());
    Ok(())
}

struct Demo<'a> {
    deployed: &'a Deployed,
    config: PathBuf,
    dir: PathBuf,
}

fn run(stack: &Stack, recorded: &Recorded) -> Result<()> {
    let deployed = &recorded.launch(stack)?;
    let demo = Demo { deployed, config: stack.config_file(), dir: stack.dir.join("demo") };
    std::fs::create_dir_all(&demo.dir)?;
    demo.begin()?;
    for (phase, worker, made) in PHASES {
        demo.phase(phase, worker, made)?;
    }
    demo.wait("completed", "retrospective", 1)?;
    demo.says("vic", &["engagement", "status", ID])?;
    let receipt = demo.dir.join("receipt.json").display().to_string();
    step("the record is signed (takes up to a minute)", || {
        signed(&|args| headgate_with(&demo, args), ID, &receipt)
    })?;
    demo.says("vic", &["timeline", "show", ID])?;
    demo.says("vic", &["timeline", "verify", ID])
}

fn headgate_with(demo: &Demo<'_>, args: &[&str]) -> Command {
    let mut command = headgate(demo.deployed, &demo.config);
    command.args(args);
    command
}

impl Demo<'_> {
    fn headgate(&self, who: &str, args: &[&str]) -> Command {
        let mut command = headgate(self.deployed, &self.config);
        command.current_dir(&self.dir).args(["--as", who]).args(args);
        command
    }

    /// Shows a command and what it prints.
    fn says(&self, who: &str, args: &[&str]) -> Result<()> {
        println!("\n$ headgate {} --as {who}", args.join(" "));
        shown(&mut self.headgate(who, args))
    }

    fn begin(&self) -> Result<()> {
        let members = ROLES.map(|role| {
            let pm = ["pm", "qa", "sa"].contains(&role);
            format!("{role}={}", if pm { "pm-bot" } else { "terraform-bot" })
        });
        let goal = "Orders survive a restart of the shop.";
        let mut args =
            vec!["engagement", "create", ID, "--type", "delivery", "--environment", "dev"];
        args.extend(["--goal", goal, "--criterion", "No order is lost when a server dies."]);
        members.iter().for_each(|member| args.extend(["--member", member]));
        self.says("dana", &args)?;
        self.says("dana", &["engagement", "plan", ID])
    }

    /// Works on a phase, with a question in the first one and a failure in the second one. People send the first result of the first one back.
    fn phase(&self, phase: &str, worker: &str, made: &[&str]) -> Result<()> {
        self.wait("working", phase, 1)?;
        let mut attempt = 1;
        if phase == "discovery" {
            let question = "How long are orders kept?";
            let ask = ["interrupt", "ask", ID, phase, "--attempt", "1", "retention", question];
            self.says(worker, &ask)?;
            self.says("vic", &["engagement", "status", ID])?;
            self.says(
                "dana",
                &["interrupt", "answer", ID, phase, "--attempt", "1", "retention", "90 days"],
            )?;
            self.report(phase, worker, attempt, made)?;
            self.wait("deciding", phase, attempt)?;
            self.vote("revise", "Say what it costs.")?;
            attempt += 1;
        }
        if phase == "architecture" {
            let failed = [
                "engagement",
                "report",
                ID,
                phase,
                "--attempt",
                "1",
                "--failed",
                "The repository is gone.",
            ];
            self.says(worker, &failed)?;
            attempt += 1;
        }
        self.wait("working", phase, attempt)?;
        self.report(phase, worker, attempt, made)?;
        if phase == "retrospective" {
            return Ok(());
        }
        self.wait("deciding", phase, attempt)?;
        self.vote("approve", "good")
    }

    /// Makes each deliverable from its template, and reports them. The first one shows the criterion.
    fn report(&self, phase: &str, worker: &str, attempt: u64, made: &[&str]) -> Result<()> {
        let mut deliverables = Vec::new();
        for name in made {
            let text = output(&mut self.headgate(worker, &["engagement", "template", name]))?;
            let file = format!("{phase}-{name}.md");
            std::fs::write(self.dir.join(&file), format!("{text}\n{phase}, attempt {attempt}\n"))?;
            deliverables.push(format!("{name}:{name}={file}"));
        }
        let shows = made.first().context("a phase makes something")?;
        let criteria = serde_json::json!([{ "id": "ac-1", "state": "met", "evidence": [shows] }]);
        std::fs::write(self.dir.join("criteria.json"), criteria.to_string())?;
        let (attempt, summary) = (attempt.to_string(), format!("{phase} is done."));
        let mut args = vec!["engagement", "report", ID, phase, "--attempt", &attempt];
        args.extend(["--summary", &summary, "--criteria", "criteria.json"]);
        deliverables.iter().for_each(|made| args.extend(["--deliverable", made]));
        self.says(worker, &args)
    }

    fn vote(&self, vote: &str, comment: &str) -> Result<()> {
        self.says("alice", &["engagement", "show", ID])?;
        self.says("alice", &["engagement", vote, ID, "--comment", comment])
    }

    /// Waits until the engagement is there.
    fn wait(&self, status: &str, phase: &str, attempt: u64) -> Result<()> {
        let end = Instant::now() + Duration::from_secs(90);
        loop {
            let json = output(&mut self.headgate("vic", &["engagement", "show", ID, "--json"]))?;
            let course = &serde_json::from_str::<Value>(&json)?["course"];
            let nth = course["current"].as_u64().and_then(|nth| usize::try_from(nth).ok());
            let at = nth.map(|nth| &course["phases"][nth]["id"]);
            if course["status"] == status
                && at.is_some_and(|at| at == phase)
                && course["attempt"] == attempt
            {
                return Ok(());
            }
            if Instant::now() > end {
                bail!(
                    "the engagement is {}, not {status} in {phase}, attempt {attempt}",
                    course["status"]
                );
            }
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}
