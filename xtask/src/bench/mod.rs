//! `cargo xtask bench`: measures the size, init time and memory of the built functions, and the time and
//! memory of a review.

mod recording;
mod scaling;

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::build::{FUNCTIONS, Profile, ship};
use crate::paths;
use crate::progress::{output, step};

/// Largest zip that `--check` accepts, in bytes. The eval-runner functions have a higher limit because they
/// include the graders (HCL, JSON Schema, Rego) and the Bedrock client.
fn limit(function: &str) -> u64 {
    if function.starts_with("eval-runner-") { 6_000_000 } else { 5_000_000 }
}

/// Longest review of a 500-resource plan that `--check` accepts, in milliseconds (99th percentile).
const REVIEW_MS: f64 = 250.0;
/// Largest peak memory of that review, in bytes: the memory of the smallest Lambda function.
const REVIEW_BYTES: u64 = 128 * 1024 * 1024;

/// Measures and prints the results as Markdown tables, in the format that the README uses.
pub fn bench(runs: u32, check: bool, only: &[String]) -> Result<()> {
    match only.first().map(String::as_str) {
        Some("throughput") => return recording::throughput(),
        Some("scaling") => {
            scaling::scaling();
            return Ok(());
        }
        Some("timeline") => return recording::timeline(check),
        _ => {}
    }
    if only.is_empty() || only.iter().any(|o| o == "review") {
        review(check)?;
    }
    if only.iter().any(|o| o == "review") {
        return Ok(());
    }
    functions(runs, check, only)
}

/// Measures the review of a large plan in a separate process.
fn review(check: bool) -> Result<()> {
    let mut run = Command::new("cargo");
    run.current_dir(paths::root()).args([
        "run",
        "--quiet",
        "--release",
        "--package",
        "headgate-review",
        "--example",
        "review_bench",
        "--",
        "200",
    ]);
    let text = step("timing the review of a 500-resource plan", || output(&mut run))?;
    let figures: serde_json::Value = serde_json::from_str(&text)?;
    let of = |name: &str| figures[name].as_f64().unwrap_or(f64::MAX);
    println!(
        "| plan, resources | plan, MB | findings | policies compiled, ms | review, ms p50 | p99 | peak memory, MB |"
    );
    println!("|---|---|---|---|---|---|---|");
    println!(
        "| {} | {:.1} | {} | {:.1} | {:.1} | {:.1} | {:.1} |\n",
        figures["resources"],
        of("bytes") / 1e6,
        figures["findings"],
        of("compile_ms"),
        of("p50_ms"),
        of("p99_ms"),
        of("peak_bytes") / 1e6,
    );
    let peak = figures["peak_bytes"].as_u64().unwrap_or(u64::MAX);
    if check && (of("p99_ms") > REVIEW_MS || peak > REVIEW_BYTES) {
        bail!("the review exceeds {REVIEW_MS} ms (p99) or {REVIEW_BYTES} bytes (peak)");
    }
    Ok(())
}

fn functions(runs: u32, check: bool, only: &[String]) -> Result<()> {
    ship(false, only)?;
    println!(
        "| function | zip, MB | bootstrap, MB | init, ms (median of {runs}) | memory at init, MB |"
    );
    println!("|---|---|---|---|---|");
    let mut too_large = Vec::new();
    for function in FUNCTIONS.iter().filter(|f| only.is_empty() || only.iter().any(|o| o == *f)) {
        let zip = std::fs::metadata(Profile::Ship.zip(function))?.len();
        if zip > limit(function) {
            too_large.push(format!("{function} is {zip} bytes, limit {} bytes", limit(function)));
        }
        let binary = Profile::Ship.binary(function);
        let size = std::fs::metadata(&binary)?.len();
        let mut times = Vec::new();
        let mut memory = Vec::new();
        for _ in 0..runs {
            let (time, rss) = init(&binary)?;
            times.push(time);
            memory.push(rss);
        }
        times.sort();
        memory.sort_unstable();
        println!(
            "| `{function}` | {:.2} | {:.1} | {:.1} | {:.1} |",
            mega(zip),
            mega(size),
            times[times.len() / 2].as_secs_f64() * 1e3,
            mega(memory[memory.len() / 2] * 1024),
        );
    }
    if check && !too_large.is_empty() {
        bail!("these zips exceed their size limit: {}", too_large.join("; "));
    }
    Ok(())
}

#[allow(clippy::cast_precision_loss)]
fn mega(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// Returns the time from process start to the first request for an invocation, and the resident memory at
/// that moment, in KiB.
fn init(binary: &std::path::Path) -> Result<(Duration, u64)> {
    let runtime_api = TcpListener::bind("127.0.0.1:0")?;
    let mut command = Command::new(binary);
    command.env_clear().env("AWS_LAMBDA_RUNTIME_API", runtime_api.local_addr()?.to_string());
    for (name, value) in VARIABLES {
        command.env(name, value);
    }
    let start = Instant::now();
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    runtime_api.set_nonblocking(true)?;
    let stream = loop {
        match runtime_api.accept() {
            Ok((stream, _)) => break stream,
            Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => {
                if let Some(status) = child.try_wait()? {
                    bail!("{} exited early with {status}", binary.display());
                }
                std::thread::sleep(Duration::from_micros(50));
            }
            Err(e) => return Err(e.into()),
        }
    };
    stream.set_nonblocking(false)?;
    let mut line = String::new();
    BufReader::new(&stream).read_line(&mut line)?;
    let time = start.elapsed();
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()))?;
    let rss = status
        .lines()
        .find_map(|l| l.strip_prefix("VmRSS:"))
        .and_then(|v| v.split_whitespace().next()?.parse().ok())
        .context("/proc/<pid>/status has no VmRSS line")?;
    child.kill()?;
    child.wait()?;
    if !line.starts_with("GET /2018-06-01/runtime/invocation/next") {
        bail!("{} sent an unexpected first request: {line:?}", binary.display());
    }
    Ok((time, rss))
}

/// Environment variables that the functions need to start. None of these resources is called.
const VARIABLES: &[(&str, &str)] = &[
    ("AWS_LAMBDA_FUNCTION_NAME", "bench"),
    ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
    ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
    ("AWS_LAMBDA_LOG_STREAM_NAME", "bench"),
    ("AWS_LAMBDA_LOG_GROUP_NAME", "bench"),
    ("AWS_REGION", "us-east-1"),
    ("AWS_ACCESS_KEY_ID", "test"),
    ("AWS_SECRET_ACCESS_KEY", "test"),
    ("HEADGATE_LEDGER_TABLE", "ledger"),
    ("HEADGATE_METRICS_TABLE", "metrics"),
    ("HEADGATE_QUARANTINE_TABLE", "quarantine"),
    ("HEADGATE_QUARANTINE_BUCKET", "quarantine"),
    ("HEADGATE_NAME_PREFIX", "headgate-bench-"),
    ("HEADGATE_BUS", "bus"),
    ("HEADGATE_BUILD", "bench"),
    ("HEADGATE_RETRY_BASE_SECONDS", "1"),
    ("HEADGATE_LEASES_TABLE", "leases"),
    ("HEADGATE_TOPIC_ARN", "arn:aws:sns:us-east-1:000000000000:notifications"),
    ("HEADGATE_CONSUMERS", "{}"),
    ("HEADGATE_REDRIVE_CAP", "3"),
    ("HEADGATE_DLQ_URL", "https://sqs.us-east-1.amazonaws.com/000000000000/dlq"),
    ("HEADGATE_ARTIFACT_BUCKET", "artifacts"),
    ("HEADGATE_AGENTS", "{}"),
    ("HEADGATE_MODELS", "{}"),
    ("HEADGATE_EVAL_MAX_USD", "1"),
    ("HEADGATE_EVAL_REQUESTERS", "[]"),
    ("HEADGATE_EVAL_CASE_TIMEOUT_SECONDS", "300"),
    ("HEADGATE_SIGNAL_SOURCES", "[]"),
    ("HEADGATE_STANDING", "{\"suites\": {}}"),
    ("HEADGATE_STATE_MACHINE_ARN", "arn:aws:states:us-east-1:000000000000:stateMachine:x"),
    ("HEADGATE_PERMIT_SECRET", "permit-key"),
    ("HEADGATE_WEBHOOK_SECRET", "webhooks"),
    ("HEADGATE_OIDC_ISSUER", "https://issuer.example.com"),
    ("HEADGATE_OIDC_AUDIENCE", "headgate"),
    ("HEADGATE_OIDC_JWKS", "{\"keys\":[]}"),
    ("HEADGATE_LOG", "error"),
    (
        "HEADGATE_ENVIRONMENTS",
        "[{\"name\":\"dev\",\"account\":\"000000000000\",\"region\":\"us-east-1\",\
         \"monthly_cost_limit_cents\":0,\"gate\":{\"quorum\":0,\"roles\":[],\
         \"separation_of_duties\":false,\"expires_in_seconds\":1}}]",
    ),
];
