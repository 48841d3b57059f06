//! `cargo xtask bench throughput` and `bench timeline`: how fast facts are recorded, and what the transparency log costs.

use std::process::Command;

use anyhow::{Result, bail};
use serde_json::Value;

use crate::emulator::{self, Kind};
use crate::paths;
use crate::progress::{output, step};

/// Least share of the entries a second that must be left with the log, for `--check`.
const SHARE: f64 = 0.9;
/// Longest verification of a receipt, in milliseconds (99th percentile).
const VERIFY_MS: f64 = 5.0;
/// Largest proof of a receipt with its checkpoint, in bytes.
const PROOF_BYTES: f64 = 2048.0;

/// Measures how many facts a second the finalizer records.
pub fn throughput() -> Result<()> {
    let rows = recorded(&[], "recording facts, one by one and together in turn")?;
    print(&rows, 2);
    Ok(())
}

/// Measures what the transparency log costs the finalizer, and receipts.
pub fn timeline(check: bool) -> Result<()> {
    let rows = recorded(&["log"], "recording facts with and without a log in turn")?;
    print(&rows, 2);
    let mut run = Command::new("cargo");
    run.current_dir(paths::root()).args(["run", "--quiet", "--release", "--package"]);
    run.args(["headgate-log", "--example", "receipts"]);
    let receipts = step("verifying receipts of a log of a million entries", || output(&mut run))?;
    let receipts: Value = serde_json::from_str(&receipts)?;
    let of = |name: &str| receipts[name].as_f64().unwrap_or(f64::MAX);
    println!(
        "| leaves | receipts | verified, ms p50 | p99 | proof and checkpoint, bytes | whole receipt, bytes, by event |"
    );
    println!("|---|---|---|---|---|---|");
    println!(
        "| {} | {} | {:.2} | {:.2} | {} | {} |",
        receipts["leaves"],
        receipts["receipts"],
        of("p50_ms"),
        of("p99_ms"),
        receipts["proof_bytes"],
        receipts["receipt_bytes"],
    );
    println!("\nchecking an entry: {:.0} µs of CPU", of("check_us"));
    let slow = rows.chunks(2).any(|pair| ratio(pair) < SHARE);
    if check && (slow || of("p99_ms") > VERIFY_MS || of("proof_bytes") > PROOF_BYTES) {
        bail!(
            "the log costs more than it may: {SHARE} of the entries a second, {VERIFY_MS} ms, {PROOF_BYTES} bytes"
        );
    }
    Ok(())
}

fn figure(row: &Value, name: &str) -> f64 {
    row[name].as_f64().unwrap_or(f64::NAN)
}

/// The last row of some, in relation to the first.
fn ratio(rows: &[Value]) -> f64 {
    let of = |row: Option<&Value>| row.map_or(f64::NAN, |row| figure(row, "facts_per_second"));
    of(rows.last()) / of(rows.first())
}

/// Runs the benchmark of the finalizer on an emulator of its own.
fn recorded(args: &[&str], what: &str) -> Result<Vec<Value>> {
    let mut build = Command::new("cargo");
    let example =
        ["--release", "--package", "headgate-metrics-finalizer", "--example", "throughput"];
    build.current_dir(paths::root()).args(["build", "--quiet"]).args(example);
    step("building the benchmark", || output(&mut build).map(drop))?;
    let dir = paths::home().join("bench");
    std::fs::create_dir_all(&dir)?;
    // The checks of policies would be most of what is measured.
    let emulator = emulator::start(Kind::Ministack, &dir, &[("AUTH", "false".to_owned())])?;
    let mut run = Command::new("cargo");
    run.current_dir(paths::root()).args(["run", "--quiet"]).args(example).arg("--").args(args);
    run.env("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{}", emulator.port))
        .env("AWS_ACCESS_KEY_ID", "test")
        .env("AWS_SECRET_ACCESS_KEY", "test")
        .env("AWS_REGION", "us-east-1")
        .env_remove("AWS_PROFILE");
    let text = step(what, || output(&mut run));
    emulator::stop(&emulator)?;
    // The runner prints its metrics before.
    let text = text?;
    Ok(serde_json::from_str(text.lines().last().unwrap_or_default())?)
}

/// Prints rows; each group is compared with its first one.
fn print(rows: &[Value], group: usize) {
    println!(
        "| facts of | recorded | invocations at once | facts a second | deliveries of a fact | CPU, ms a fact | ratio |"
    );
    println!("|---|---|---|---|---|---|---|");
    for paths in rows.chunks(group) {
        for (n, row) in paths.iter().enumerate() {
            println!(
                "| {} | {} | {} | {:.0} | {:.1} | {:.2} | {:.2} |",
                row["what"].as_str().unwrap_or_default(),
                row["path"].as_str().unwrap_or_default(),
                row["invocations"],
                figure(row, "facts_per_second"),
                figure(row, "deliveries_per_fact"),
                figure(row, "cpu_ms_per_fact"),
                ratio(paths.get(..=n).unwrap_or_default()),
            );
        }
        println!();
    }
}
