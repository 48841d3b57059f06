//! Runs a storm. `cargo xtask storm` deploys a separate fleet and runs this binary against it.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;
use std::time::Duration;

use headgate_e2e::storm::{Options, storm};

fn main() -> ExitCode {
    let args: Vec<u64> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    let [
        changes,
        each,
        waiting,
        apply,
        duplicates,
        poison,
        window,
        engagements,
        group,
        seed,
        minutes,
    ] = args[..]
    else {
        eprintln!(
            "usage: storm CHANGES PER_ENGAGEMENT WAITING APPLY_EACH DUPLICATES% POISON% WINDOW ENGAGEMENTS PROCESS_GROUP SEED MINUTES"
        );
        return ExitCode::from(2);
    };
    let size = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let options = Options {
        changes: size(changes),
        per_engagement: size(each),
        waiting: size(waiting),
        apply_each: size(apply),
        duplicates: size(duplicates),
        poison: size(poison),
        window: size(window),
        engagements: size(engagements),
        process_group: i32::try_from(group).unwrap_or_default(),
        seed,
        patience: Duration::from_secs(60 * minutes),
    };
    match storm(&options) {
        Ok(report) => {
            println!("{}", serde_json::to_string_pretty(&report).unwrap_or_default());
            ExitCode::from(u8::from(!report.complaints.is_empty()))
        }
        Err(problem) => {
            eprintln!("storm: {problem}");
            ExitCode::from(1)
        }
    }
}
