//! `cargo xtask storm`: a load test that kills functions while it runs.

use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::emulator::Kind;
use crate::progress::step;
use crate::stack::Stack;
use crate::{build, cargo, paths};

/// Timeout of a queue consumer in seconds. If a consumer is killed, its messages become visible again after
/// six times as long.
const CONSUMER_TIMEOUT: u32 = 10;

/// Options of a storm.
#[derive(Debug, clap::Args)]
pub struct Storm {
    /// Number of distinct changes
    #[arg(long, default_value_t = 5_000)]
    changes: u32,
    /// Number of changes in an engagement
    #[arg(long, default_value_t = 50)]
    per_engagement: u32,
    /// Number of these changes that need two approvals
    #[arg(long, default_value_t = 200)]
    waiting: u32,
    /// Duplicate proposals, as a percentage of the changes
    #[arg(long, default_value_t = 20)]
    duplicates: u32,
    /// Poison messages, as a percentage of the changes
    #[arg(long, default_value_t = 2)]
    poison: u32,
    /// Maximum number of changes in flight (emulators are very slow with long queues)
    #[arg(long, default_value_t = 600)]
    window: u32,
    /// Seed for the random numbers. Default: the current time
    #[arg(long)]
    seed: Option<u64>,
    /// Minutes within which every change must be finished
    #[arg(long, default_value_t = 60)]
    minutes: u32,
    /// Print only the report, as JSON
    #[arg(long)]
    json: bool,
}

impl Storm {
    /// A storm of some two minutes.
    pub fn small() -> Self {
        Self {
            changes: 400,
            per_engagement: 50,
            waiting: 20,
            duplicates: 20,
            poison: 2,
            window: 600,
            seed: None,
            minutes: 15,
            json: false,
        }
    }

    /// Deploys a fleet on MiniStack, runs the storm, and prints a report that accounts for every message.
    pub fn run(&self) -> Result<()> {
        build::zips()?;
        cargo::build(&cargo::selected(&["headgate-e2e"]))?;
        let result = self.deploy().and_then(|()| self.raise());
        self.stop()?;
        result
    }

    /// Deploys a fleet for the storm. Everything must be built.
    pub fn deploy(&self) -> Result<()> {
        self.stop()?;
        stack().launch(&[timeout()]).map(drop)
    }

    /// Stops the emulator of the storm.
    pub fn stop(&self) -> Result<()> {
        stack().stop().map(drop)
    }

    /// Runs the storm on the deployed fleet.
    pub fn raise(&self) -> Result<()> {
        let stack = stack();
        let deployed = stack.launch(&[timeout()])?;
        let group = stack.process_group().context("the emulator is not running")?;
        let clock = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
        let seed = self.seed.unwrap_or(clock.as_secs());
        let mut storm = Command::new(cargo::binary("storm"));
        storm.current_dir(paths::root());
        for number in [
            self.changes.into(),
            self.per_engagement.into(),
            self.waiting.into(),
            self.duplicates.into(),
            self.poison.into(),
            self.window.into(),
            u64::try_from(group)?,
            seed,
            self.minutes.into(),
        ] {
            storm.arg(number.to_string());
        }
        stack.environment(&deployed, &mut storm);
        let title = format!("a storm of {} changes, seed {seed}", self.changes);
        let output = step(&title, || Ok(storm.stderr(std::process::Stdio::inherit()).output()?))?;
        let text = String::from_utf8(output.stdout)?;
        let Ok(report) = serde_json::from_str::<Value>(&text) else {
            bail!("the storm printed no report; to repeat it, add `--seed {seed}`");
        };
        if self.json {
            println!("{text}");
        } else {
            print(&report);
        }
        if !output.status.success() {
            bail!("the storm failed; to repeat it, add `--seed {seed}`");
        }
        Ok(())
    }
}

fn stack() -> Stack {
    Stack::new(Kind::Ministack, paths::home().join("storm"))
}

fn timeout() -> (&'static str, String) {
    ("consumer_timeout_seconds", CONSUMER_TIMEOUT.to_string())
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
        "redrive runs for messages whose consumers were killed too often: {}",
        report["redriven"]
    );
    println!("counts reported by the consumers: {}", report["counted"]);
    println!("seconds to send all messages, and until all were finished: {}", report["seconds"]);
    for complaint in report["complaints"].as_array().into_iter().flatten().take(20) {
        println!("!! {complaint}");
    }
}
