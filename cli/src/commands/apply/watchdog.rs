//! A second process that reports the outcome if the first one dies, for example by `kill -9`.

use std::io::{BufRead as _, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use headgate_events::ChangeId;
use nix::errno::Errno;
use nix::sys::signal::kill;
use nix::unistd::Pid;

use super::ended::Ended;
use super::permit::{self, HEARTBEAT};
use crate::api::Api;
use crate::args::{Global, Watchdog as Args};
use crate::config::Config;
use crate::fail::Failure;
use crate::folder::close;
use crate::output;

/// Interval between checks whether the command still runs.
const LOOK: Duration = Duration::from_millis(500);

/// The parent's handle of the watchdog: a pipe that closes when the parent dies.
pub(super) struct Watchdog {
    child: Mutex<Child>,
}

impl Watchdog {
    /// Starts the watchdog in its own process group, so that Ctrl+C in the terminal does not stop it.
    pub(super) fn start(
        global: &Global,
        change: &ChangeId,
        permit: &str,
        copy: &Path,
    ) -> Result<Self, Failure> {
        let own = std::env::current_exe().map_err(Failure::unavailable)?;
        let mut command = Command::new(own);
        if let Some(config) = &global.config {
            command.arg("--config").arg(config);
        }
        if let Some(principal) = &global.principal {
            command.arg("--as").arg(principal);
        }
        command.args(["apply-watchdog", "--change", change.as_str(), "--permit", permit, "--copy"]);
        command.arg(copy);
        let child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .process_group(0)
            .spawn()
            .map_err(Failure::unavailable)?;
        Ok(Self { child: Mutex::new(child) })
    }

    /// Tells the watchdog the process id of the command.
    pub(super) fn tell_child(&self, pid: u32) {
        self.say(&format!("child {pid}"));
    }

    /// Tells the watchdog the outcome, which it reports if this process dies before its own report.
    pub(super) fn tell_end(&self, ended: &Ended) {
        let said = ended.said().replace('\n', " ");
        self.say(&format!("{} {} {said}", output::name(&ended.outcome()), ended.duration_ms()));
    }

    /// Tells the watchdog that nothing is left to report, and waits until it exits.
    pub(super) fn dismiss(self) {
        self.say("done");
        if let Ok(mut child) = self.child.lock() {
            drop(child.stdin.take());
            // It exits by itself; its exit status does not matter.
            drop(child.wait());
        }
    }

    fn say(&self, line: &str) {
        if let Ok(mut child) = self.child.lock()
            && let Some(pipe) = child.stdin.as_mut()
        {
            // If the watchdog died, the apply continues without it.
            drop(writeln!(pipe, "{line}"));
        }
    }
}

/// `headgate apply-watchdog`: reports the outcome, unless the parent sends `done` before its pipe closes.
pub(in crate::commands) fn watch(
    config: &Config,
    global: &Global,
    args: &Args,
) -> Result<(), Failure> {
    let start = Instant::now();
    let (mut applying, mut told) = (None, None);
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        match line.split_once(' ') {
            None if line == "done" => return Ok(()),
            Some(("child", pid)) => applying = pid.parse::<i32>().ok(),
            Some((outcome @ ("succeeded" | "failed"), rest)) => told = end(outcome, rest),
            _ => {}
        }
    }
    let api = Api::connect(config, global);
    let mut beaten = Instant::now();
    while applying.is_some_and(is_running) {
        if let Ok(api) = &api
            && beaten.elapsed() >= HEARTBEAT
        {
            drop(permit::renew(api, &args.change, &args.permit));
            beaten = Instant::now();
        }
        std::thread::sleep(LOOK);
    }
    // The copy may contain secrets, and the parent can no longer delete it.
    if args.copy.exists()
        && let Err(failure) = close(&args.copy)
    {
        failure.warn();
    }
    let ended = told.unwrap_or_else(|| Ended::unseen(start.elapsed()));
    permit::report(&api?, &args.change, &args.permit, &ended, "", permit::PATIENT_REPORTS)
}

/// Parses the line that [`Watchdog::tell_end`] writes.
fn end(outcome: &str, rest: &str) -> Option<Ended> {
    let (ms, said) = rest.split_once(' ')?;
    let took = Duration::from_millis(ms.parse().ok()?);
    Some(Ended::told(outcome == "succeeded", said.to_owned(), took))
}

/// Whether a process still runs. A zombie, which has ended but was not waited for, does not.
fn is_running(pid: i32) -> bool {
    let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let zombie = state.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('Z'));
    !zombie && kill(Pid::from_raw(pid), None) != Err(Errno::ESRCH)
}
