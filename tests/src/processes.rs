//! Processes of the functions.

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::world::World;

/// Functions that run in a process group (proc(5)): process and name.
pub(crate) fn functions(group: i32) -> Vec<(i32, String)> {
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

impl World {
    /// Kills one process of that function, if there is one.
    pub fn kill(&self, function: &str, chance: &mut fastrand::Rng) -> bool {
        let group = std::env::var("HEADGATE_E2E_GROUP").unwrap().parse().unwrap();
        let found: Vec<_> =
            functions(group).into_iter().filter(|(_, name)| name.ends_with(function)).collect();
        let one = chance.choice(&found);
        one.is_some_and(|(pid, _)| kill(Pid::from_raw(*pid), Signal::SIGKILL).is_ok())
    }
}
