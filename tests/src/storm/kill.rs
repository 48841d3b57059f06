//! Kills functions during a storm.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::Duration;

use nix::sys::signal::{Signal, kill as send_signal};
use nix::unistd::Pid;

use super::{Options, Shared};
use crate::processes::functions;

/// Kills one random function every second until the storm is over. Returns the number of kills per function.
pub(crate) fn kill(options: &Options, shared: &Arc<Shared>) -> JoinHandle<BTreeMap<String, u32>> {
    let shared = Arc::clone(shared);
    let (group, mut chance) = (options.process_group, fastrand::Rng::with_seed(!options.seed));
    std::thread::spawn(move || {
        let mut killed: BTreeMap<String, u32> = BTreeMap::new();
        while !shared.over.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_secs(1));
            let functions = functions(group);
            let Some((pid, name)) = chance.choice(&functions) else { continue };
            if send_signal(Pid::from_raw(*pid), Signal::SIGKILL).is_ok() {
                *killed.entry(name.clone()).or_default() += 1;
            }
        }
        killed
    })
}
