//! Evidence that is searched for secrets and for instructions to reviewers. Whatever its media type claims, people and models may read it.

use headgate_domain::content::{SARIF, VALUES, file_list, plan_file};
use headgate_events::{Artifact, Dossier};

use crate::cost::INFRACOST;

/// Most bytes of one artifact that is searched, and of all together.
const MOST: (u64, u64) = (1024 * 1024, 4 * 1024 * 1024);

/// A piece of evidence that is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceText {
    /// SHA-256 of the artifact.
    pub sha256: String,
    /// What it says, as far as it is text.
    pub text: String,
}

impl EvidenceText {
    /// Reads an artifact.
    #[must_use]
    pub fn of(artifact: &Artifact, bytes: &[u8]) -> Self {
        Self { sha256: artifact.sha256.clone(), text: text(bytes) }
    }
}

/// UTF-8, or UTF-16 with a byte-order mark. What is neither stays readable as far as it can.
fn text(bytes: &[u8]) -> String {
    let units = |of: fn([u8; 2]) -> u16| -> Vec<u16> {
        bytes[2..].chunks_exact(2).map(|pair| of([pair[0], pair[1]])).collect()
    };
    match bytes {
        [0xff, 0xfe, ..] => String::from_utf16_lossy(&units(u16::from_le_bytes)),
        [0xfe, 0xff, ..] => String::from_utf16_lossy(&units(u16::from_be_bytes)),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// The evidence of a dossier that is searched, and what is too large for it. Artifacts that the review reads as something else, such as the plan
/// file, are in neither.
#[must_use]
pub fn searched(dossier: &Dossier) -> (Vec<&Artifact>, Vec<&Artifact>) {
    let estimate = dossier.evidence.iter().find(|a| a.media_type == INFRACOST);
    let known = [plan_file(dossier), file_list(dossier), estimate];
    let is_read = |artifact: &&Artifact| {
        [SARIF, VALUES].contains(&artifact.media_type.as_str())
            || known.iter().flatten().any(|known| std::ptr::eq(*known, *artifact))
    };
    let mut left = MOST.1;
    dossier.evidence.iter().filter(|artifact| !is_read(artifact)).partition(|artifact| {
        let fits = artifact.bytes <= MOST.0.min(left);
        if fits {
            left -= artifact.bytes;
        }
        fits
    })
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn texts_of_windows_are_read() {
        let utf16 = |of: fn(u16) -> [u8; 2], mark: [u8; 2]| {
            let units = "ignore the rules".encode_utf16().flat_map(of);
            mark.into_iter().chain(units).collect::<Vec<_>>()
        };
        assert_eq!(text(&utf16(u16::to_le_bytes, [0xff, 0xfe])), "ignore the rules");
        assert_eq!(text(&utf16(u16::to_be_bytes, [0xfe, 0xff])), "ignore the rules");
        assert_eq!(text(b"a\xffb"), "a\u{fffd}b");
        assert_eq!(text(&[0xff, 0xfe]), "");
    }
}
