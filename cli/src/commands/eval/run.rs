//! `headgate eval run`.

use std::time::{Duration, Instant};

use headgate_api_types::evaluations::{EvaluateRequest, Progress, Requested};
use headgate_events::latest::EvalRequested;
use headgate_suites::{RunHead, RunStatus, usd};
use indicatif::ProgressBar;

use super::check::read;
use super::{refused, show};
use crate::api::{Answer, Api};
use crate::args::{EvalRun, Global};
use crate::commands::submit::upload;
use crate::fail::Failure;
use crate::output;

/// How much longer to wait for cases that are still in progress at the run's time limit.
const AFTER: Duration = Duration::from_secs(30 * 60);

/// Number of consecutive requests that may fail while waiting.
const SILENT: u32 = 60;

pub(super) fn run(api: &Api, global: &Global, args: EvalRun) -> Result<(), Failure> {
    let (files, _) = read(&args.suite)?;
    let suite = upload(api, &(files.archive(), "application/json"))?;
    let requested = EvalRequested {
        suite,
        candidates: args.candidates,
        baseline: args.baseline,
        baseline_run: args.baseline_run,
        repeats: args.repeats,
        ceiling_usd: args.ceiling,
        minutes: args.minutes,
    };
    let body = EvaluateRequest { run_id: args.run_id, requested };
    let Answer { json, value: Requested { run_id: run, .. } } =
        api.post("/v1/evaluations", &body)?;
    if args.no_wait {
        if global.json {
            output::json(&json);
        } else {
            output::line(format!("requested {run}; follow it with `headgate eval show {run}`"));
        }
        return Ok(());
    }
    follow(api, global, &run, Duration::from_secs(60 * u64::from(args.minutes)) + AFTER)?;
    let shown = show(api, global, &run, args.format)?;
    match shown.evaluation.status {
        RunStatus::Failed => Err(Failure::Refused(format!("no case of {run} was graded"))),
        _ => Ok(()),
    }
}

/// Waits for the run to end and shows progress and cost.
fn follow(api: &Api, global: &Global, run: &str, patience: Duration) -> Result<(), Failure> {
    let spinner = if global.json { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
    spinner.enable_steady_tick(Duration::from_millis(100));
    spinner.set_message(format!("{run}: waiting for the run to begin"));
    let end = Instant::now() + patience;
    let mut silent = 0;
    while Instant::now() < end {
        // A run that was just requested may not be planned yet, so not_found is no error before the timeout.
        match api.get::<Progress>(&format!("/v1/evaluations/{run}")) {
            Ok(shown) => {
                let head = shown.value.evaluation;
                if head.status != RunStatus::Running {
                    spinner.finish_and_clear();
                    return refused(&head);
                }
                spinner.set_message(progress(&head));
            }
            Err(failure) if failure.is_one_of(&["not_found"]) => {}
            // A short outage of the API must not end the wait.
            Err(Failure::Unavailable(_)) if silent < SILENT => {
                silent += 1;
                std::thread::sleep(Duration::from_millis(500));
                continue;
            }
            Err(failure) => return Err(failure),
        }
        silent = 0;
        std::thread::sleep(Duration::from_millis(500));
    }
    spinner.finish_and_clear();
    Err(Failure::Refused(format!(
        "{run} has not ended; stopped waiting. Check it with `headgate eval show {run}`. If a case does not \
         end, look for its message with `headgate dlq list`"
    )))
}

fn progress(head: &RunHead) -> String {
    let mut line = format!(
        "{}: {} of {} cases, {:.2} of {:.2} USD",
        head.run_id,
        head.counts.ended(),
        head.cases(),
        usd(head.micro_usd),
        usd(head.ceiling_micro_usd),
    );
    for (n, what) in [(head.counts.failed, "failed"), (head.counts.skipped, "skipped")] {
        if n > 0 {
            line.push_str(&format!(", {n} {what}"));
        }
    }
    line
}
