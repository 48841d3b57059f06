//! The command itself, with signs of life meanwhile.

use std::process::{Command, ExitStatus};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::signal::unix::{SignalKind, signal};

use super::watchdog::Watchdog;
use crate::api::Api;

/// Time between signs of life; the lock lasts five minutes without.
const HEARTBEAT: Duration = Duration::from_secs(60);

/// How a command ended.
pub(super) struct Ended {
    status: Option<ExitStatus>,
    said: String,
    took: Duration,
}

impl Ended {
    /// An apply whose end nobody saw.
    pub(super) fn unseen(took: Duration) -> Self {
        let said =
            "the executor died while the apply ran; how the apply ended is not known".to_owned();
        Self { status: None, said, took }
    }

    pub(super) fn succeeded(&self) -> bool {
        self.status.is_some_and(|s| s.success())
    }

    pub(super) fn outcome(&self) -> &'static str {
        if self.succeeded() { "succeeded" } else { "failed" }
    }

    pub(super) fn said(&self) -> &str {
        &self.said
    }

    pub(super) fn duration_ms(&self) -> u64 {
        u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX)
    }
}

/// Runs the command to its end. Signals that would end this process go to the command instead, which
/// knows how to stop: Terraform finishes what it is at.
pub(super) fn to_its_end(
    api: &Api,
    change: &str,
    permit: &str,
    command: &[String],
    watchdog: &Watchdog,
) -> Ended {
    let start = Instant::now();
    let mut process = Command::new(&command[0]);
    process.args(&command[1..]);
    let mut child = match process.spawn() {
        Ok(child) => child,
        Err(e) => {
            let said = format!("{} cannot be started: {e}", command[0]);
            return Ended { status: None, said, took: start.elapsed() };
        }
    };
    watchdog.tell_child(child.id());
    forward_signals(child.id());
    let status = std::thread::scope(|scope| {
        let (done, ended) = mpsc::channel::<()>();
        scope.spawn(move || beat(api, change, permit, &ended));
        let status = child.wait();
        drop(done);
        status
    });
    let (status, said) = match status {
        Ok(status) => (Some(status), format!("{} ended with {status}", command[0])),
        Err(e) => (None, format!("{} was lost: {e}", command[0])),
    };
    Ended { status, said, took: start.elapsed() }
}

/// Renews the lock until the command has ended.
fn beat(api: &Api, change: &str, permit: &str, ended: &mpsc::Receiver<()>) {
    let path = format!("/v1/changes/{change}/permits/{permit}/heartbeat");
    while ended.recv_timeout(HEARTBEAT) == Err(mpsc::RecvTimeoutError::Timeout) {
        if let Err(failure) = api.post(&path, &json!({})) {
            // The apply goes on: to stop it halfway would be worse than to finish it.
            failure.warn();
        }
    }
}

/// From now on SIGTERM and SIGHUP go to the command; SIGINT reaches it by itself, as it is of the
/// terminal's group.
fn forward_signals(child: u32) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        return;
    };
    std::thread::spawn(move || {
        runtime.block_on(async {
            let (Ok(mut terminate), Ok(mut hangup), Ok(mut interrupt)) = (
                signal(SignalKind::terminate()),
                signal(SignalKind::hangup()),
                signal(SignalKind::interrupt()),
            ) else {
                return;
            };
            loop {
                let send = tokio::select! {
                    _ = terminate.recv() => nix::sys::signal::Signal::SIGTERM,
                    _ = hangup.recv() => nix::sys::signal::Signal::SIGTERM,
                    _ = interrupt.recv() => continue,
                };
                let pid = nix::unistd::Pid::from_raw(i32::try_from(child).unwrap_or_default());
                if nix::sys::signal::kill(pid, send).is_err() {
                    return;
                }
            }
        });
    });
}
