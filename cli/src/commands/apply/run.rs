//! The command itself, with signs of life meanwhile.

use std::process::Command;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::permit::{self, HEARTBEAT};
use super::watchdog::Watchdog;
use crate::api::Api;
use crate::fail::Failure;

/// How a command ended.
pub(super) struct Ended {
    succeeded: bool,
    said: String,
    took: Duration,
}

impl Ended {
    /// An apply that ended as somebody else says.
    pub(super) fn told(succeeded: bool, said: String, took: Duration) -> Self {
        Self { succeeded, said, took }
    }

    /// An apply whose end nobody saw.
    pub(super) fn unseen(took: Duration) -> Self {
        let said =
            "the executor died while the apply ran; how the apply ended is not known".to_owned();
        Self { succeeded: false, said, took }
    }

    pub(super) fn succeeded(&self) -> bool {
        self.succeeded
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
    (change, permit): (&str, &str),
    command: &[String],
    region: &str,
    watchdog: &Watchdog,
    signals: Signals,
) -> Ended {
    let start = Instant::now();
    let mut process = Command::new(&command[0]);
    process.args(&command[1..]);
    // A provider that names no region takes this one. What is applied has no use for the caller's token.
    process.env("AWS_REGION", region).env("AWS_DEFAULT_REGION", region);
    process.env_remove("HEADGATE_TOKEN");
    let mut child = match process.spawn() {
        Ok(child) => child,
        Err(e) => {
            let said = format!("{} cannot be started: {e}", command[0]);
            return Ended { succeeded: false, said, took: start.elapsed() };
        }
    };
    watchdog.tell_child(child.id());
    signals.forward(child.id());
    let status = std::thread::scope(|scope| {
        let (done, ended) = mpsc::channel::<()>();
        scope.spawn(move || beat(api, change, permit, &ended));
        let status = child.wait();
        drop(done);
        status
    });
    let (succeeded, said) = match status {
        Ok(status) => (status.success(), format!("{} ended with {status}", command[0])),
        Err(e) => (false, format!("{} was lost: {e}", command[0])),
    };
    Ended { succeeded, said, took: start.elapsed() }
}

/// Renews the lock until the command has ended.
fn beat(api: &Api, change: &str, permit: &str, ended: &mpsc::Receiver<()>) {
    while ended.recv_timeout(HEARTBEAT) == Err(mpsc::RecvTimeoutError::Timeout) {
        if let Err(failure) = permit::renew(api, change, permit) {
            // The apply goes on: to stop it halfway would be worse than to finish it.
            failure.warn();
        }
    }
}

/// Signals that would end this process and are caught instead.
pub(super) struct Signals {
    runtime: tokio::runtime::Runtime,
    terminate: Signal,
    hangup: Signal,
    interrupt: Signal,
}

impl Signals {
    /// From now on nothing but SIGKILL ends this process.
    pub(super) fn catch() -> Result<Self, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(Failure::unavailable)?;
        let on = |kind| {
            let _guard = runtime.enter();
            signal(kind).map_err(Failure::unavailable)
        };
        let terminate = on(SignalKind::terminate())?;
        let hangup = on(SignalKind::hangup())?;
        let interrupt = on(SignalKind::interrupt())?;
        Ok(Self { runtime, terminate, hangup, interrupt })
    }

    /// From now on SIGTERM and SIGHUP go to the command. SIGINT reaches it by itself: it is of the
    /// terminal's group.
    fn forward(self, child: u32) {
        let Self { runtime, mut terminate, mut hangup, mut interrupt } = self;
        std::thread::spawn(move || {
            runtime.block_on(async {
                loop {
                    tokio::select! {
                        _ = terminate.recv() => {}
                        _ = hangup.recv() => {}
                        _ = interrupt.recv() => continue,
                    }
                    let pid = nix::unistd::Pid::from_raw(i32::try_from(child).unwrap_or_default());
                    if nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGTERM).is_err() {
                        return;
                    }
                }
            });
        });
    }
}
