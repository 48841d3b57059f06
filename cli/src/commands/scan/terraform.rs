//! `headgate scan terraform`: runs Terraform's own checks, and writes their results as SARIF.
//!
//! What they print alone does not say that they passed: `terraform fmt -check` prints nothing if it cannot read a file. So the exit codes
//! are part of the results.

use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use headgate_domain::text::one_line;
use headgate_review::{Scan, format_log, joined, to_sarif};

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::args::TerraformChecks;
use crate::fail::Failure;
use crate::output;

/// Exit codes of `terraform fmt -check`: everything is formatted, or some file is not.
const FORMATTED: i32 = 0;
const UNFORMATTED: i32 = 3;
/// Exit codes of commands that came to their end: good, or with a problem that they tell.
const ENDED: [i32; 2] = [0, 1];
/// How long a command that is interrupted has to end: tests delete what they created.
const GRACE: Duration = Duration::from_secs(60);
/// How often a command is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// What a command printed, and its exit code.
struct Ended {
    printed: Vec<u8>,
    said: String,
    code: Option<i32>,
}

pub(super) fn run(args: &TerraformChecks) -> Result<(), Failure> {
    let dir = args.dir.as_deref().unwrap_or_else(|| Path::new("."));
    let mut logs = Vec::new();
    let ended = call(args, dir, &["fmt", "-check", "-recursive", "-list=true", "-no-color"])?;
    let complete = matches!(ended.code, Some(FORMATTED | UNFORMATTED));
    tell("fmt", &ended, complete);
    logs.push(format_log(&String::from_utf8_lossy(&ended.printed), complete));
    logs.push(report(args, dir, &["validate", "-json", "-no-color"])?);
    if args.test {
        logs.push(report(args, dir, &["test", "-json", "-no-color"])?);
    }
    let log = joined(&logs).map_err(Failure::usage)?;
    let Some(out) = &args.out else {
        output::exact(&String::from_utf8_lossy(&log));
        return Ok(());
    };
    std::fs::write(out, log).map_err(|e| Failure::Usage(format!("{}: {e}", out.display())))?;
    output::note(format!("wrote {}; pass it with --scan", out.display()));
    Ok(())
}

/// Runs a command that writes a report, and converts it.
fn report(args: &TerraformChecks, dir: &Path, command: &[&str]) -> Result<Vec<u8>, Failure> {
    let name = command.first().copied().unwrap_or_default();
    let ended = call(args, dir, command)?;
    let complete = ended.code.is_some_and(|code| ENDED.contains(&code));
    tell(name, &ended, complete);
    let failed = |problem: String| {
        Failure::Usage(format!(
            "`{} {name}` wrote no report ({problem}): {}",
            args.terraform,
            one_line(&ended.said, 600)
        ))
    };
    if !complete {
        return Err(failed(format!("exit code {:?}", ended.code)));
    }
    let log = match to_sarif(&ended.printed) {
        Ok(std::borrow::Cow::Owned(log)) => log,
        Ok(_) => return Err(failed("unknown output".to_owned())),
        Err(error) => return Err(failed(error.to_string())),
    };
    // A problem that the report does not have, such as resources that could not be deleted.
    let runs = Scan::parse(&log, "").map_err(|e| failed(e.to_string()))?;
    if ended.code != Some(0) && runs.iter().all(|run| run.complete && !run.failed()) {
        return Err(failed("it ended with an error, but reports none".to_owned()));
    }
    Ok(log)
}

fn tell(name: &str, ended: &Ended, complete: bool) {
    let how = match (complete, ended.code) {
        (true, Some(0)) => "passed",
        (true, _) => "found problems",
        (false, _) => "did not come to its end",
    };
    output::note(format!("terraform {name} {how}"));
}

fn call(args: &TerraformChecks, dir: &Path, command: &[&str]) -> Result<Ended, Failure> {
    let said = |e: std::io::Error| Failure::Usage(format!("cannot run {}: {e}", args.terraform));
    let mut child = Command::new(&args.terraform)
        .args(command)
        .current_dir(dir)
        // Options that somebody set for other commands would change what these check.
        .env_remove("TF_CLI_ARGS")
        .env_remove(format!("TF_CLI_ARGS_{}", command.first().copied().unwrap_or_default()))
        .env("TF_INPUT", "0")
        // Its own group, so that a wrapper does not outlive the limit with what it started.
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(said)?;
    // Both are read at once, because a command waits while one of them is full.
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let errors = std::thread::spawn(move || text(err));
    let output = std::thread::spawn(move || text(out));
    let (start, limit) = (Instant::now(), Duration::from_secs(args.timeout));
    let group = Pid::from_raw(i32::try_from(child.id()).unwrap_or(i32::MAX));
    // It fails if the command has just ended.
    let signal = |signal| killpg(group, signal).is_ok();
    let mut interrupted = false;
    let code = loop {
        if let Some(status) = child.try_wait().map_err(said)? {
            break status.code().filter(|_| !interrupted);
        }
        if start.elapsed() > limit + GRACE {
            signal(Signal::SIGKILL);
        } else if start.elapsed() > limit && !interrupted {
            interrupted = true;
            signal(Signal::SIGINT);
        }
        std::thread::sleep(LOOK);
    };
    let (printed, said) = (output.join().unwrap_or_default(), errors.join().unwrap_or_default());
    Ok(Ended { printed, said: String::from_utf8_lossy(&said).into_owned(), code })
}

fn text(from: Option<impl std::io::Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut from) = from {
        drop(from.read_to_end(&mut bytes));
    }
    bytes
}
