//! `cargo xtask storm`.

use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::emulator::Kind;
use crate::progress::step;
use crate::stack::Stack;
use crate::{build, paths};

/// Seconds that a queue consumer may run: a message whose consumer was killed comes back after six times
/// as long.
const CONSUMER_TIMEOUT: u32 = 10;

/// How hard it blows.
#[derive(Debug, clap::Args)]
pub struct Storm {
    /// Different changes
    #[arg(long, default_value_t = 5_000)]
    changes: u32,
    /// Of these, changes that wait for two people
    #[arg(long, default_value_t = 200)]
    waiting: u32,
    /// Copies of proposals, in percent of the changes
    #[arg(long, default_value_t = 20)]
    duplicates: u32,
    /// Messages that nobody can process, in percent of the changes
    #[arg(long, default_value_t = 2)]
    poison: u32,
    /// Most changes on their way at a time; emulators stand still in front of long queues
    #[arg(long, default_value_t = 600)]
    window: u32,
    /// Where chance comes from; without it, from the clock
    #[arg(long)]
    seed: Option<u64>,
    /// Minutes until everything must be at its end
    #[arg(long, default_value_t = 60)]
    minutes: u32,
    /// Print the report as JSON only
    #[arg(long)]
    json: bool,
}

impl Storm {
    /// Deploys a fleet on MiniStack, raises the storm, prints what became of every message.
    pub fn run(&self) -> Result<()> {
        build::zips()?;
        let stack = Stack::new(Kind::Ministack, paths::home().join("storm"));
        stack.stop()?;
        let result = self.raise(&stack);
        stack.stop()?;
        result
    }

    fn raise(&self, stack: &Stack) -> Result<()> {
        let timeout = ("consumer_timeout_seconds", CONSUMER_TIMEOUT.to_string());
        let deployed = stack.launch(&[timeout])?;
        let group = stack.process_group().context("the emulator does not run")?;
        let clock = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
        let seed = self.seed.unwrap_or(clock.as_secs());
        let mut cargo = Command::new("cargo");
        cargo.current_dir(paths::root()).args(["run", "--quiet", "--package", "headgate-e2e"]);
        cargo.args(["--bin", "storm", "--"]);
        for number in [
            self.changes.into(),
            self.waiting.into(),
            self.duplicates.into(),
            self.poison.into(),
            self.window.into(),
            u64::try_from(group)?,
            seed,
            self.minutes.into(),
        ] {
            cargo.arg(number.to_string());
        }
        stack.environment(&deployed, &mut cargo);
        let title = format!("a storm of {} changes, seed {seed}", self.changes);
        let output = step(&title, || Ok(cargo.stderr(std::process::Stdio::inherit()).output()?))?;
        let text = String::from_utf8(output.stdout)?;
        let Ok(report) = serde_json::from_str::<Value>(&text) else {
            bail!("the storm has no report; seed {seed} raises it again");
        };
        if self.json {
            println!("{text}");
        } else {
            print(&report);
        }
        if !output.status.success() {
            bail!("it does not add up; seed {seed} raises the same storm again");
        }
        Ok(())
    }
}

fn print(report: &Value) {
    let columns =
        ["sent", "done", "duplicates_suppressed", "retried", "poisoned", "lost", "doubled"];
    println!("| {} |", columns.map(|c| c.replace('_', " ")).join(" | "));
    println!("|{}", "---|".repeat(columns.len()));
    println!("| {} |", columns.map(|c| report[c].to_string()).join(" | "));
    let killed = report["killed"].as_object().into_iter().flatten();
    let all: u64 = killed.clone().filter_map(|(_, n)| n.as_u64()).sum();
    println!("killed {all} functions: {}", report["killed"]);
    println!(
        "runs of redrives, of messages whose consumers were killed too often: {}",
        report["redriven"]
    );
    println!("counted by the consumers themselves: {}", report["counted"]);
    println!("seconds to send, and until all was at its end: {}", report["seconds"]);
    for complaint in report["complaints"].as_array().into_iter().flatten().take(20) {
        println!("!! {complaint}");
    }
}
