//! `headgate change watch`.

use std::time::{Duration, Instant};

use indicatif::ProgressBar;

use crate::api::Api;
use crate::args::Global;
use crate::config::Config;
use crate::fail::Failure;
use crate::output::{self, status, text};

/// Statuses that do not change until a person or an executor acts, and final ones.
const AT_REST: [&str; 8] = [
    "needs_revision",
    "blocked",
    "awaiting_decision",
    "approved",
    "rejected",
    "expired",
    "executed",
    "execution_failed",
];

pub(super) fn watch(
    config: &Config,
    global: &Global,
    change: &str,
    until: &[String],
    timeout: u64,
) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    let end = Instant::now() + Duration::from_secs(timeout);
    let spinner = if global.json { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
    spinner.enable_steady_tick(Duration::from_millis(100));
    let mut last = String::new();
    loop {
        // A change that was just proposed may not be stored yet, so not_found is no error before the timeout.
        match api.get(&format!("/v1/changes/{change}")) {
            Ok(shown) => {
                last = text(&shown, "/change/status");
                let found = if until.is_empty() {
                    AT_REST.contains(&last.as_str())
                } else {
                    until.contains(&last)
                };
                // People can vote only when the approval exists.
                let ready = last != "awaiting_decision" || !shown["approval"].is_null();
                if found && ready {
                    spinner.finish_and_clear();
                    if global.json {
                        output::json(&shown);
                    } else {
                        output::line(format!("{change} is {}", status(&last)));
                    }
                    return Ok(());
                }
            }
            Err(Failure::Refused(message)) if message.contains("(not_found") => {}
            Err(failure) => return Err(failure),
        }
        if Instant::now() >= end {
            let last = if last.is_empty() { "not found" } else { &last };
            return Err(Failure::Refused(format!(
                "timed out after {timeout} s: {change} is {last}"
            )));
        }
        spinner.set_message(format!("{change} is {last}"));
        std::thread::sleep(Duration::from_millis(300));
    }
}
