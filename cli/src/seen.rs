//! What `headgate change show` and `headgate engagement show` showed last. A proposer may revise a change between that and a vote; the vote must not count for what
//! nobody read.

use std::path::PathBuf;

use headgate_domain::canonical::sha256_hex;
use headgate_domain::ids::is_valid;
use headgate_events::{ChangeId, ContentHash, PrincipalId};

use crate::config::Config;

/// Remembers that this content was shown. If the user has no cache folder, or it cannot be written, nothing is remembered.
pub(crate) fn remember(
    (config, who): (&Config, &PrincipalId),
    change: &ChangeId,
    hash: &ContentHash,
) {
    let Some(path) = file((config, who), change) else { return };
    if let Some(folder) = path.parent()
        && std::fs::create_dir_all(folder).is_ok()
    {
        drop(std::fs::write(path, hash.as_str()));
    }
}

/// The content that was shown last, if any was.
pub(crate) fn last(
    (config, who): (&Config, &PrincipalId),
    change: &ChangeId,
) -> Option<ContentHash> {
    let hash = std::fs::read_to_string(file((config, who), change)?).ok()?;
    Some(ContentHash::from(hash.trim().to_owned()))
}

/// One file for each change or phase, caller and fleet.
fn file((config, who): (&Config, &PrincipalId), change: &ChangeId) -> Option<PathBuf> {
    let home = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache"));
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(home)?;
    let fleet = &sha256_hex(format!("{}\n{who}", config.api).as_bytes())[..16];
    let shown = cache.join("headgate/shown").join(fleet);
    // Ids are names of files: they have no other characters than a-z, 0-9 and `-`.
    match change.as_str().split_once('/') {
        Some((engagement, phase)) if is_valid(engagement) && is_valid(phase) => {
            // No id begins with `_`.
            Some(shown.join("_phases").join(engagement).join(phase))
        }
        None if is_valid(change.as_str()) => Some(shown.join(change.as_str())),
        _ => None,
    }
}
