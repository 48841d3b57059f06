//! A second process that reports in place of the first if that one dies, by `kill -9` for example.

use std::io::{BufRead as _, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::kill;
use nix::unistd::Pid;

use super::permit::{self, HEARTBEAT};
use super::run::Ended;
use crate::api::Api;
use crate::args::{Global, Watchdog as Args};
use crate::config::Config;
use crate::fail::Failure;

/// How often the watchdog looks whether the command still runs.
const LOOK: Duration = Duration::from_millis(500);

/// The watchdog, as its master holds it: a pipe that closes when the master dies.
pub(super) struct Watchdog {
    child: Mutex<Child>,
}

impl Watchdog {
    /// Starts it, in a process group of its own: an interrupt at the terminal is not meant for it.
    pub(super) fn start(
        global: &Global,
        change: &str,
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
        command.args(["apply-watchdog", "--change", change, "--permit", permit, "--copy"]);
        command.arg(copy);
        let child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .process_group(0)
            .spawn()
            .map_err(Failure::unavailable)?;
        Ok(Self { child: Mutex::new(child) })
    }

    /// Says which process applies.
    pub(super) fn tell_child(&self, pid: u32) {
        self.say(&format!("child {pid}"));
    }

    /// Says how it ended, so that this is what is reported even if the report gets no further from here.
    pub(super) fn tell_end(&self, ended: &Ended) {
        let said = ended.said().replace('\n', " ");
        self.say(&format!("{} {} {said}", ended.outcome(), ended.duration_ms()));
    }

    /// Says that everything is reported, and waits until it is gone.
    pub(super) fn dismiss(self) {
        self.say("done");
        if let Ok(mut child) = self.child.lock() {
            drop(child.stdin.take());
            // It ends by itself; how is of no interest.
            drop(child.wait());
        }
    }

    fn say(&self, line: &str) {
        if let Ok(mut child) = self.child.lock()
            && let Some(pipe) = child.stdin.as_mut()
        {
            // A watchdog that died cannot help any more; the apply goes on without.
            drop(writeln!(pipe, "{line}"));
        }
    }
}

/// `headgate apply-watchdog`: waits for its master's last word, and reports if there is none.
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
    let api = Api::connect(config, global)?;
    let mut beaten = Instant::now();
    while applying.is_some_and(is_running) {
        if beaten.elapsed() >= HEARTBEAT {
            drop(permit::renew(&api, &args.change, &args.permit));
            beaten = Instant::now();
        }
        std::thread::sleep(LOOK);
    }
    // It may hold secrets, and whoever made it cannot clean up any more.
    drop(std::fs::remove_file(&args.copy));
    let ended = told.unwrap_or_else(|| Ended::unseen(start.elapsed()));
    permit::report(&api, &args.change, &args.permit, &ended, "")
}

/// What [`Watchdog::tell_end`] said.
fn end(outcome: &str, rest: &str) -> Option<Ended> {
    let (ms, said) = rest.split_once(' ')?;
    let took = Duration::from_millis(ms.parse().ok()?);
    Some(Ended::told(outcome == "succeeded", said.to_owned(), took))
}

/// Whether a process is there and has not ended. One that nobody has waited for yet is a zombie.
fn is_running(pid: i32) -> bool {
    let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let zombie = state.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('Z'));
    !zombie && kill(Pid::from_raw(pid), None) != Err(Errno::ESRCH)
}
