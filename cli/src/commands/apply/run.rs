//! Runs the command and sends heartbeats meanwhile.

use std::path::Path;
use std::process::Command;
use std::sync::mpsc;
use std::time::Instant;

use headgate_events::ChangeId;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::credentials::{Vended, give};
use super::ended::Ended;
use super::permit::{self, HEARTBEAT};
use super::server::Server;
use super::watchdog::Watchdog;
use crate::api::Api;
use crate::fail::Failure;
use crate::folder::prepare;

/// What is run.
pub(super) struct Apply<'a> {
    /// Program and arguments.
    pub(super) command: &'a [String],
    /// The private folder in which it runs.
    pub(super) dir: &'a Path,
    /// Region of the permit.
    pub(super) region: &'a str,
    /// Workspace of the plan.
    pub(super) workspace: &'a str,
    /// Credentials, if the fleet gave some, and where the command finds them.
    pub(super) vended: Option<&'a (Server, Vended<'a>)>,
}

/// Runs the command until it ends. Termination signals go to the command and do not end this process, because
/// the command can stop cleanly: Terraform finishes the operation in progress.
pub(super) fn to_its_end(
    api: &Api,
    (change, permit): (&ChangeId, &str),
    apply: &Apply<'_>,
    watchdog: &Watchdog,
    signals: Signals,
) -> Ended {
    let start = Instant::now();
    let Apply { command, dir, region, workspace, vended } = apply;
    let mut process = Command::new(&command[0]);
    process.args(&command[1..]).current_dir(dir);
    // The default region of providers that set none.
    process.env("AWS_REGION", region).env("AWS_DEFAULT_REGION", region);
    prepare(&mut process, workspace);
    if let Some((server, _)) = vended {
        give(&mut process, &server.address(), server.token());
    }
    let mut child = match process.spawn() {
        Ok(child) => child,
        Err(e) => {
            let said = format!("cannot start {}: {e}", command[0]);
            return Ended::told(false, said, start.elapsed());
        }
    };
    watchdog.tell_child(child.id());
    signals.forward(child.id());
    let status = std::thread::scope(|scope| {
        let (done, ended) = mpsc::channel::<()>();
        let pid = child.id();
        scope.spawn(move || beat(api, (change, permit), pid, &ended));
        if let Some((server, vended)) = vended {
            scope.spawn(move || server.serve(vended, scope));
        }
        let status = child.wait();
        drop(done);
        if let Some((server, _)) = vended {
            server.stop();
        }
        status
    });
    let (succeeded, said) = match status {
        Ok(status) => (status.success(), format!("{} ended with {status}", command[0])),
        Err(e) => (false, format!("cannot wait for {}: {e}", command[0])),
    };
    Ended::told(succeeded, said, start.elapsed())
}

/// Renews the lock until the command ends. If the lock ends first, asks the command to end, too.
fn beat(api: &Api, (change, permit): (&ChangeId, &str), child: u32, ended: &mpsc::Receiver<()>) {
    while ended.recv_timeout(HEARTBEAT) == Err(mpsc::RecvTimeoutError::Timeout) {
        if let Err(failure) = permit::renew(api, change, permit) {
            // Otherwise the apply continues: stopping it halfway would be worse than finishing it.
            let over = failure.is_one_of(&["lock_broken", "apply_too_long", "permit_reported"]);
            failure.warn();
            if over {
                stop(child);
                return;
            }
        }
    }
}

/// Sends SIGTERM to the command. Returns whether it still runs.
fn stop(child: u32) -> bool {
    let pid = nix::unistd::Pid::from_raw(i32::try_from(child).unwrap_or_default());
    nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGTERM).is_ok()
}

/// Handlers for signals that would otherwise end this process.
pub(super) struct Signals {
    runtime: tokio::runtime::Runtime,
    terminate: Signal,
    hangup: Signal,
    interrupt: Signal,
}

impl Signals {
    /// Catches SIGTERM, SIGHUP and SIGINT from now on.
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

    /// Sends SIGTERM to the command on SIGTERM and SIGHUP. SIGINT needs no forwarding: the terminal sends it
    /// to the whole process group.
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
                    if !stop(child) {
                        return;
                    }
                }
            });
        });
    }
}
