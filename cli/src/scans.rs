//! Results of scanners from files: read, bound to the plan, and checked before anything is sent.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use headgate_domain::content::SARIF;
use headgate_events::Artifact;
use headgate_review::{Scan, stamp, to_sarif};

use crate::fail::Failure;

/// Largest source file that is read to find the block of a result, in bytes.
const MAX_SOURCE: u64 = 1024 * 1024;

/// Most folders in the name of a source file: each may be the one that the tool began in.
const MAX_PARTS: usize = 64;

/// Reads a SARIF log, or a report that is converted to one, adds the digest of the plan, and the blocks of the sources in `dir` that its results are in. Returns the log
/// and its runs.
pub(crate) fn read(
    file: &Path,
    plan_sha256: &str,
    dir: &Path,
) -> Result<(Vec<u8>, Vec<Scan>), Failure> {
    let usage = |problem: String| Failure::Usage(format!("{}: {problem}", file.display()));
    let bytes = std::fs::read(file).map_err(|e| usage(e.to_string()))?;
    let bytes = to_sarif(&bytes).map_err(|e| usage(e.to_string()))?;
    // Read as it is first, so that a problem is about what the tool wrote.
    Scan::parse(&bytes, plan_sha256).map_err(|e| usage(e.to_string()))?;
    // Many results are in the same file.
    let known = RefCell::new(HashMap::new());
    let text = |uri: &str| {
        let mut known = known.borrow_mut();
        known.entry(uri.to_owned()).or_insert_with(|| source(dir, uri)).clone()
    };
    let stamped = stamp(&bytes, plan_sha256, &text);
    let stamped = stamped.map_err(|e| usage(e.to_string()))?;
    let runs = Scan::parse(&stamped, plan_sha256).map_err(|e| usage(e.to_string()))?;
    Ok((stamped, runs))
}

/// An artifact that `headgate scan upload` printed.
pub(crate) fn artifact(file: &Path) -> Result<Artifact, Failure> {
    let usage = |problem: String| Failure::Usage(format!("{}: {problem}", file.display()));
    let bytes = std::fs::read(file).map_err(|e| usage(e.to_string()))?;
    let artifact: Artifact = serde_json::from_slice(&bytes).map_err(|e| usage(e.to_string()))?;
    if artifact.media_type == SARIF {
        return Ok(artifact);
    }
    Err(usage(format!("it names an artifact with the media type {}", artifact.media_type)))
}

/// The text of a source file below `dir`. Tools name files relative to where they ran, which may be a folder above.
fn source(dir: &Path, uri: &str) -> Option<String> {
    let path = PathBuf::from(uri.trim_start_matches("file://"));
    let parts: Vec<_> = path
        .components()
        .filter(|part| !matches!(part, Component::RootDir | Component::CurDir))
        .collect();
    if parts.len() > MAX_PARTS || parts.iter().any(|part| !matches!(part, Component::Normal(_))) {
        return None;
    }
    let dir = dir.canonicalize().ok()?;
    let found = (0..parts.len()).find_map(|skipped| {
        let below: PathBuf = parts[skipped..].iter().collect();
        dir.join(below).canonicalize().ok().filter(|path| path.starts_with(&dir))
    })?;
    let small = found.metadata().is_ok_and(|file| file.is_file() && file.len() <= MAX_SOURCE);
    let terraform = found.extension().is_some_and(|ending| ending == "tf" || ending == "tofu");
    (small && terraform).then(|| std::fs::read_to_string(found).ok())?
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::source;

    #[test]
    fn only_sources_below_the_folder_are_read() {
        let top = std::env::temp_dir().join(format!("headgate-scans-{}", std::process::id()));
        let dir = top.join("infra");
        std::fs::create_dir_all(dir.join("modules/a")).unwrap();
        std::fs::write(dir.join("modules/a/main.tf"), "a").unwrap();
        std::fs::write(dir.join("secret.txt"), "b").unwrap();
        std::fs::write(top.join("outside.tf"), "c").unwrap();
        std::os::unix::fs::symlink(top.join("outside.tf"), dir.join("link.tf")).unwrap();
        let absolute = format!("file://{}", dir.join("modules/a/main.tf").display());
        for (uri, text) in [
            ("modules/a/main.tf", Some("a")),
            ("./modules/a/main.tf", Some("a")),
            ("repo/infra/modules/a/main.tf", Some("a")),
            (absolute.as_str(), Some("a")),
            ("secret.txt", None),
            ("../outside.tf", None),
            ("link.tf", None),
            ("modules/a", None),
            ("", None),
            (&"x/".repeat(65), None),
        ] {
            assert_eq!(source(&dir, uri).as_deref(), text, "{uri}");
        }
        std::fs::remove_dir_all(top).unwrap();
    }
}
