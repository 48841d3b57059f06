//! Measures the review of a plan with 500 resources. `cargo xtask bench` runs it in a separate process, so
//! that the peak memory is that of the review.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

use std::path::Path;
use std::time::{Duration, Instant};

use headgate_domain::environment::Environment;
use headgate_events::Lane;
use headgate_review::{Bundle, Subject, review};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// Resources in the plan.
const RESOURCES: usize = 500;

fn main() {
    let runs: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(100);
    let plan = large_plan();
    let start = Instant::now();
    let bundle = Bundle::embedded().unwrap();
    let compile = start.elapsed();
    let environment = Environment::profile("prod").unwrap();
    let subject = Subject::offline(&environment, Lane::Execute, Timestamp::UNIX_EPOCH);
    let mut findings = 0;
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            let report = review(&bundle, subject, &plan).unwrap();
            findings = report.findings.len();
            assert_eq!(usize::try_from(report.summary.total()).unwrap(), RESOURCES);
            start.elapsed()
        })
        .collect();
    times.sort();
    let at = |percent: usize| ms(times[(times.len() * percent / 100).min(times.len() - 1)]);
    let result = json!({
        "resources": RESOURCES, "bytes": plan.len(), "findings": findings, "runs": runs,
        "compile_ms": ms(compile), "p50_ms": at(50), "p99_ms": at(99), "peak_bytes": peak(),
    });
    println!("{result}");
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Peak resident memory of this process so far, in bytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap();
    line.split_whitespace().next().unwrap().parse::<u64>().unwrap() * 1024
}

/// Combines real plans of `policies/tests` as modules of one large configuration, until there are enough
/// resources.
fn large_plan() -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../policies/tests");
    let parts: Vec<Value> = ["data-pass", "lambda-pass", "network-pass", "iam-fail", "data-fail"]
        .iter()
        .map(|case| std::fs::read(folder.join(case).join("plan.json")).unwrap())
        .map(|bytes| serde_json::from_slice(&bytes).unwrap())
        .collect();
    let (mut changes, mut calls) = (Vec::new(), Map::new());
    for (copy, part) in parts.iter().cycle().enumerate() {
        let module = format!("copy{copy}");
        for change in part["resource_changes"].as_array().unwrap() {
            let mut change = change.clone();
            let address = change["address"].as_str().unwrap();
            change["address"] = json!(format!("module.{module}.{address}"));
            if change["mode"] == "managed" || changes.len() < RESOURCES {
                changes.push(change);
            }
        }
        let config = &part["configuration"]["root_module"];
        calls.insert(module.clone(), json!({ "source": format!("./{module}"), "module": config }));
        if changes.iter().filter(|c| c["mode"] == "managed").count() >= RESOURCES {
            break;
        }
    }
    let mut managed = 0;
    changes.retain(|c| {
        managed += usize::from(c["mode"] == "managed");
        c["mode"] != "managed" || managed <= RESOURCES
    });
    let plan = json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {},
        "resource_changes": changes,
        "configuration": {
            "provider_config": parts[0]["configuration"]["provider_config"],
            "root_module": { "module_calls": calls },
        },
    });
    serde_json::to_vec(&plan).unwrap()
}
