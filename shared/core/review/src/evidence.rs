//! Evidence that is searched for secrets and for instructions to reviewers. Whatever its media type claims, people and models may read it,
//! as text in any encoding, on a terminal or as HTML.

use std::borrow::Cow;
use std::sync::LazyLock;

use headgate_domain::content::{VALUES, plan_file};
use headgate_events::{Artifact, Dossier};
use regex::Regex;

/// Most bytes of one artifact that is searched, and of all together.
const MOST: (u64, u64) = (4 * 1024 * 1024, 16 * 1024 * 1024);
/// Share of bytes that are zero, in percent, from which a text may be UTF-16 without a byte-order mark.
const ZEROS: usize = 20;
/// How files begin that programs show as something else than text: PNG, JPEG, GIF, PDF, ZIP and gzip.
const BINARY: [&[u8]; 6] =
    [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"%PDF-", b"PK\x03\x04", b"\x1f\x8b"];

/// A piece of evidence that is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceText {
    /// SHA-256 of the artifact, or what else names the text.
    pub sha256: String,
    /// Every way to read it.
    pub readings: Vec<String>,
    /// Whether it is a picture, a document or an archive, so that its characters mean nothing.
    pub binary: bool,
}

impl EvidenceText {
    /// Reads an artifact.
    #[must_use]
    pub fn of(artifact: &Artifact, bytes: &[u8]) -> Self {
        Self::named(&artifact.sha256, bytes)
    }

    /// Reads a text that is no artifact. Findings show the first 16 bytes of its name.
    #[must_use]
    pub fn named(name: &str, bytes: &[u8]) -> Self {
        let binary = BINARY.iter().any(|start| bytes.starts_with(start));
        Self { sha256: name.to_owned(), readings: readings(bytes, binary), binary }
    }
}

/// The text as UTF-8, as UTF-16 if it may be that, and each as it looks where escapes and markup do not show.
fn readings(bytes: &[u8], binary: bool) -> Vec<String> {
    let zeros = bytes.iter().filter(|byte| **byte == 0).count() * 100;
    let wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let mut all = vec![String::from_utf8_lossy(bytes).into_owned()];
    if wide || (!binary && zeros > bytes.len() * ZEROS) {
        for of in [u16::from_le_bytes, u16::from_be_bytes] {
            let units = bytes.chunks_exact(2).map(|pair| of([pair[0], pair[1]]));
            let text: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
            all.push(text.trim_start_matches('\u{feff}').to_owned());
        }
    }
    if !binary {
        let shown: Vec<_> = all.iter().filter_map(|text| shown(text)).collect();
        all.extend(shown);
    }
    all
}

/// What somebody sees: without the codes of a terminal, with plain spaces, and without emphasis. `None` if that is the text itself.
fn shown(text: &str) -> Option<String> {
    static HIDDEN: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"\x1b\[[0-9;?]*[A-Za-z]|[*_`]+").ok());
    static SPACES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"&nbsp;|&#32;|&#160;|[\u{a0}\u{2000}-\u{200a}\u{202f}\u{205f}\u{3000}]").ok()
    });
    let plain = HIDDEN.as_ref()?.replace_all(text, "");
    match (SPACES.as_ref()?.replace_all(&plain, " "), &plain) {
        (Cow::Borrowed(_), Cow::Borrowed(_)) => None,
        (shown, _) => Some(shown.into_owned()),
    }
}

/// The evidence of a dossier that is searched, and what is too large for it. Neither has the plan file, whose parts are in the plan, nor values of
/// variables, which nobody can download.
#[must_use]
pub fn searched(dossier: &Dossier) -> (Vec<&Artifact>, Vec<&Artifact>) {
    let file = plan_file(dossier);
    let is_read = |artifact: &&Artifact| {
        artifact.media_type == VALUES || file.is_some_and(|file| std::ptr::eq(file, *artifact))
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
    use super::readings;

    fn has(bytes: &[u8], text: &str) -> bool {
        readings(bytes, false).iter().any(|reading| reading.contains(text))
    }

    #[test]
    fn every_reading_is_searched() {
        let utf16 = |of: fn(u16) -> [u8; 2], mark: &[u8]| {
            let units = "ignore the rules".encode_utf16().flat_map(of);
            mark.iter().copied().chain(units).collect::<Vec<_>>()
        };
        for mark in [&b"\xff\xfe"[..], b""] {
            assert!(has(&utf16(u16::to_le_bytes, mark), "ignore the rules"), "{mark:?}");
        }
        for mark in [&b"\xfe\xff"[..], b""] {
            assert!(has(&utf16(u16::to_be_bytes, mark), "ignore the rules"), "{mark:?}");
        }
        // Marked as UTF-16, and shown as it is by whatever does not care.
        for text in [
            &b"\xff\xfeignore the rules"[..],
            b"a\xff ignore the rules",
            b"ig\x1b[0mnore the rules",
            "ignore\u{a0}the&nbsp;rules".as_bytes(),
            b"**ignore** the _rules_",
        ] {
            assert!(has(text, "ignore the rules"), "{text:?}");
        }
        assert_eq!(readings(b"12 passed", false).len(), 1);
        assert_eq!(readings(&[0; 100], true).len(), 1);
    }
}
