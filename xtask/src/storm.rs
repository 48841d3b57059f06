//! `cargo xtask storm`: a load test that kills functions while it runs.

use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::emulator::Kind;
use crate::outage::Proxy;
use crate::progress::step;
use crate::stack::Stack;
use crate::state::Deployed;
use crate::{build, cargo, paths};

/// Timeout of a queue consumer in seconds. If a consumer is killed, its messages become visible again after
/// six times as long.
const CONSUMER_TIMEOUT: u32 = 10;

/// Most files and sockets that an emulator may have open when a storm is over: its queues, functions and clients need some hundred.
const MOST_OPEN_FILES: usize = 2_000;

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
    /// Apply one of so many of the other changes (all that need approvals are applied). An environment allows one apply at a time, and each
    /// takes several seconds while functions are killed
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..))]
    apply_each: u32,
    /// Duplicate proposals, as a percentage of the changes
    #[arg(long, default_value_t = 20)]
    duplicates: u32,
    /// Poison messages, as a percentage of the changes
    #[arg(long, default_value_t = 2)]
    poison: u32,
    /// Maximum number of changes in flight (emulators are very slow with long queues)
    #[arg(long, default_value_t = 600)]
    window: u32,
    /// Number of engagements with two phases that go on beside the changes
    #[arg(long, default_value_t = 50)]
    engagements: u32,
    /// Seed for the random numbers. Default: the current time
    #[arg(long)]
    seed: Option<u64>,
    /// Length of two outages, one of DynamoDB and one of EventBridge, in seconds. The first begins after as long
    #[arg(long, default_value_t = 120)]
    outage: u32,
    /// Minutes within which every change must be finished
    #[arg(long, default_value_t = 60)]
    minutes: u32,
    /// Print only the report, as JSON
    #[arg(long)]
    json: bool,
}

impl Storm {
    /// A storm of some minutes.
    pub fn small() -> Self {
        Self {
            changes: 400,
            per_engagement: 50,
            waiting: 20,
            apply_each: 4,
            duplicates: 20,
            poison: 2,
            // The emulator gets slow with long queues; functions then take too long, and each receive counts for the next delay.
            window: 100,
            engagements: 12,
            seed: None,
            outage: 15,
            // A message that was received eight times waits for minutes.
            minutes: 25,
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
        launch().map(drop)
    }

    /// Stops the emulator of the storm.
    pub fn stop(&self) -> Result<()> {
        stack()?.stop().map(drop)
    }

    /// Runs the storm on the deployed fleet.
    pub fn raise(&self) -> Result<()> {
        let deployed = launch()?;
        let stack = stack()?;
        let group = stack.process_group().context("the emulator is not running")?;
        let clock = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
        let seed = self.seed.unwrap_or(clock.as_secs());
        let mut storm = Command::new(cargo::binary("storm"));
        storm.current_dir(paths::root());
        for number in [
            self.changes.into(),
            self.per_engagement.into(),
            self.waiting.into(),
            self.apply_each.into(),
            self.duplicates.into(),
            self.poison.into(),
            self.window.into(),
            self.engagements.into(),
            u64::try_from(group)?,
            seed,
            self.minutes.into(),
        ] {
            storm.arg(number.to_string());
        }
        stack.environment(&deployed, &mut storm);
        let title = format!("a storm of {} changes, seed {seed}", self.changes);
        let time = Duration::from_secs(self.outage.into());
        let outages = std::thread::spawn(move || outages(time));
        let output = step(&title, || Ok(storm.stderr(std::process::Stdio::inherit()).output()?))?;
        if !outages.is_finished() {
            bail!(
                "the storm ended before its outages; let it have more changes or shorter outages"
            );
        }
        let refused = outages.join().ok().context("the outages panicked")??;
        let sockets = open_files(group);
        let text = String::from_utf8(output.stdout)?;
        let Ok(report) = serde_json::from_str::<Value>(&text) else {
            bail!("the storm printed no report; to repeat it, add `--seed {seed}`");
        };
        if self.json {
            println!("{text}");
        } else {
            print(&report);
            println!("requests refused in {} s outages: {refused:?}", self.outage);
            println!("files and sockets that the emulator has open: {sockets}");
        }
        if sockets > MOST_OPEN_FILES {
            bail!("the emulator keeps sockets open that its clients have closed: {sockets}");
        }
        if !output.status.success() {
            bail!("the storm failed; to repeat it, add `--seed {seed}`");
        }
        Ok(())
    }
}

/// Number of files and sockets that a process has open; 0 where the system has no `/proc`.
fn open_files(process: i32) -> usize {
    std::fs::read_dir(format!("/proc/{process}/fd")).map_or(0, Iterator::count)
}

/// Deploys the fleet, and lets functions reach the emulator.
fn launch() -> Result<Deployed> {
    let deployed = stack()?.launch(&[timeout()])?;
    let port = deployed.endpoint.rsplit(':').next().and_then(|port| port.parse().ok());
    let port = port.with_context(|| format!("{} has no port", deployed.endpoint))?;
    proxies()?.iter().for_each(|proxy| proxy.forward_to(port));
    Ok(deployed)
}

/// Functions reach DynamoDB and EventBridge through these; everything else, and the storm itself, does not.
fn proxies() -> Result<&'static [Proxy; 2]> {
    static PROXIES: OnceLock<[Proxy; 2]> = OnceLock::new();
    if let Some(proxies) = PROXIES.get() {
        return Ok(proxies);
    }
    let [dynamodb, eventbridge] = ["AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL_EVENTBRIDGE"];
    let proxies = [Proxy::open(dynamodb)?, Proxy::open(eventbridge)?];
    Ok(PROXIES.get_or_init(|| proxies))
}

/// Lets one service after the other fail. Returns how many requests each refused; each must refuse some.
fn outages(time: Duration) -> Result<Vec<(&'static str, u32)>> {
    let mut all = Vec::new();
    for proxy in proxies()? {
        std::thread::sleep(time);
        let refused = proxy.fail_for(time);
        if refused == 0 && !time.is_zero() {
            bail!("no function used {} during its outage", proxy.variable);
        }
        all.push((proxy.variable, refused));
    }
    Ok(all)
}

fn stack() -> Result<Stack> {
    let mut stack = Stack::new(Kind::Ministack, paths::home().join("storm"));
    stack.envs = proxies()?.iter().map(Proxy::env).collect();
    Ok(stack)
}

fn timeout() -> (&'static str, String) {
    ("consumer_timeout_seconds", CONSUMER_TIMEOUT.to_string())
}

fn print(report: &Value) {
    let columns = [
        "sent",
        "done",
        "applied",
        "duplicates_suppressed",
        "retried",
        "poisoned",
        "lost",
        "doubled",
    ];
    println!("| {} |", columns.map(|c| c.replace('_', " ")).join(" | "));
    println!("|{}", "---|".repeat(columns.len()));
    println!("| {} |", columns.map(|c| report[c].to_string()).join(" | "));
    let killed = report["killed"].as_object().into_iter().flatten();
    let all: u64 = killed.clone().filter_map(|(_, n)| n.as_u64()).sum();
    let engaged = &report["engagements"];
    println!(
        "engagements: {} done, {} lost, {} doubled",
        engaged["done"], engaged["lost"], engaged["doubled"]
    );
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
