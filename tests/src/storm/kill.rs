//! Kills functions.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::Duration;

use nix::sys::signal::{Signal, kill as send_signal};
use nix::unistd::Pid;

use super::{Options, Shared};

/// Kills one function every second, at random, until the storm is over; returns how many of each.
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

/// Functions that run in a process group (proc(5)): process and name.
fn functions(group: i32) -> Vec<(i32, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|n| n.parse::<i32>().ok()) else {
            continue;
        };
        let read = |file: &str| std::fs::read(entry.path().join(file)).unwrap_or_default();
        let stat = String::from_utf8_lossy(&read("stat")).into_owned();
        let Some((before, after)) = stat.rsplit_once(") ") else { continue };
        let its_group = after.split(' ').nth(2).and_then(|g| g.parse::<i32>().ok());
        if its_group != Some(group) || !before.ends_with("(bootstrap") || after.starts_with('Z') {
            continue;
        }
        let environ = read("environ");
        let name = environ.split(|b| *b == 0).find_map(|v| {
            v.strip_prefix(b"AWS_LAMBDA_FUNCTION_NAME=").map(String::from_utf8_lossy)
        });
        found.push((pid, name.unwrap_or_default().into_owned()));
    }
    found
}
