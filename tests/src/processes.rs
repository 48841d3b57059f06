//! The operating-system processes of the functions.

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::world::World;

/// Name, state, parent and process group of a process, from `/proc/PID/stat` (see proc(5)).
fn stat(pid: i32) -> Option<(String, char, i32, i32)> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (before, after) = text.rsplit_once(") ")?;
    let (_, name) = before.split_once(" (")?;
    let mut fields = after.split(' ');
    let state = fields.next()?.chars().next()?;
    let (parent, group) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some((name.to_owned(), state, parent, group))
}

/// Process id and name of each function that an emulator runs, found by the emulator's process group.
/// MiniStack runs functions in its own group. LocalStack gives each function a new group, so the parent's
/// group is checked too.
pub(crate) fn functions(group: i32) -> Vec<(i32, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|n| n.parse::<i32>().ok()) else {
            continue;
        };
        let Some((name, state, parent, its)) = stat(pid) else { continue };
        let ours = its == group || stat(parent).is_some_and(|(_, _, _, parents)| parents == group);
        if !ours || name != "bootstrap" || state == 'Z' {
            continue;
        }
        let environ = std::fs::read(entry.path().join("environ")).unwrap_or_default();
        let name = environ.split(|b| *b == 0).find_map(|v| {
            v.strip_prefix(b"AWS_LAMBDA_FUNCTION_NAME=").map(String::from_utf8_lossy)
        });
        found.push((pid, name.unwrap_or_default().into_owned()));
    }
    found
}

impl World {
    /// Kills a random process of the function. Returns whether one was killed.
    pub fn kill(&self, function: &str, chance: &mut fastrand::Rng) -> bool {
        let group = std::env::var("HEADGATE_E2E_GROUP").unwrap().parse().unwrap();
        let found: Vec<_> =
            functions(group).into_iter().filter(|(_, name)| name.ends_with(function)).collect();
        let one = chance.choice(&found);
        one.is_some_and(|(pid, _)| kill(Pid::from_raw(*pid), Signal::SIGKILL).is_ok())
    }
}
