//! `headgate change watch`.

use std::time::{Duration, Instant};

use headgate_api_types::changes::{Change, Reviewed};
use headgate_domain::change::Status;
use headgate_events::ChangeId;
use indicatif::ProgressBar;

use crate::api::Api;
use crate::args::Global;
use crate::config::Config;
use crate::fail::Failure;
use crate::output;

/// Whether the status stays until a person or an executor acts.
fn at_rest(status: Status) -> bool {
    !matches!(status, Status::Accepted | Status::Applying)
}

pub(super) fn watch(
    config: &Config,
    global: &Global,
    change: &ChangeId,
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
        match api.get::<Change<Reviewed>>(&format!("/v1/changes/{change}")) {
            Ok(shown) => {
                let now = shown.value.change.status;
                now.name().clone_into(&mut last);
                let found = if until.is_empty() { at_rest(now) } else { until.contains(&last) };
                // People can vote only when the approval exists.
                let ready = now != Status::AwaitingDecision || shown.value.approval.is_some();
                if found && ready {
                    spinner.finish_and_clear();
                    if global.json {
                        output::json(&shown.json);
                    } else {
                        output::line_with(format!("{change} is "), &last, "");
                    }
                    return Ok(());
                }
            }
            Err(failure) if failure.is_one_of(&["not_found"]) => {}
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
