//! The ZIP archive, read in the one way in which Terraform reads it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use sha2::{Digest as _, Sha256};
use zip::ZipArchive;

use crate::PlanFileError;

/// Why an entry cannot be read.
pub(crate) type Error = Box<dyn std::error::Error + Send + Sync>;

/// Most bytes of an entry, uncompressed. A plan's JSON of 20 MiB comes from a smaller `tfplan` and a smaller `tfstate`.
const MAX_ENTRY: u64 = 256 * 1024 * 1024;
/// Most entries.
const MAX_ENTRIES: u16 = 20_000;
/// The record that ends an archive (APPNOTE.TXT 4.3.16): its length without a comment, and its signature.
const END: usize = 22;
const END_SIGNATURE: &[u8] = b"PK\x05\x06";
/// The record before it in large archives (4.3.15).
const ZIP64: usize = 20;
const ZIP64_SIGNATURE: &[u8] = b"PK\x06\x07";

pub(crate) struct Archive<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Archive<'a> {
    /// Opens an archive. One that has a comment, bytes after its end, or entries of the same name could be read in two ways: people
    /// would see another state than the one that Terraform changes.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, PlanFileError> {
        let wrong = |what: &str| PlanFileError::Archive(what.to_owned());
        let Some(at) =
            bytes.len().checked_sub(END).filter(|at| bytes[*at..].starts_with(END_SIGNATURE))
        else {
            return Err(wrong("it is not a ZIP archive without a comment"));
        };
        let end = &bytes[at..];
        let two = |from: usize| u16::from_le_bytes([end[from], end[from + 1]]);
        let four = |from: usize| {
            u64::from(u32::from_le_bytes([end[from], end[from + 1], end[from + 2], end[from + 3]]))
        };
        let (entries, size, offset) = (two(10), four(12), four(16));
        let large = at >= ZIP64 && bytes[at - ZIP64..].starts_with(ZIP64_SIGNATURE);
        let alone = two(4) == 0 && two(6) == 0 && two(8) == entries && two(20) == 0;
        if !alone || large || entries > MAX_ENTRIES || offset.checked_add(size) != Some(at as u64) {
            return Err(wrong("its directory of entries is not at its end"));
        }
        let archive = ZipArchive::new(Cursor::new(bytes));
        let archive = archive.map_err(|error| PlanFileError::Archive(error.to_string()))?;
        if archive.len() != usize::from(entries) || archive.offset() != 0 {
            return Err(wrong("two of its entries have one name"));
        }
        Ok(Self(archive))
    }

    /// Reads one entry.
    pub(crate) fn with<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut dyn Read) -> Result<T, Error>,
    ) -> Result<T, PlanFileError> {
        let failed = |error: Error| PlanFileError::Entry(name, error);
        let entry = self.0.by_name(name).map_err(|error| failed(error.into()))?;
        read(&mut entry.take(MAX_ENTRY)).map_err(failed)
    }

    /// The bytes of an entry that need not be there.
    pub(crate) fn file(
        &mut self,
        name: &'static str,
        most: u64,
    ) -> Result<Option<Vec<u8>>, PlanFileError> {
        let failed = |error: Error| PlanFileError::Entry(name, error);
        if self.0.index_for_name(name).is_none() {
            return Ok(None);
        }
        let entry = self.0.by_name(name).map_err(|error| failed(error.into()))?;
        let mut bytes = Vec::new();
        entry.take(most + 1).read_to_end(&mut bytes).map_err(|error| failed(error.into()))?;
        if bytes.len() as u64 > most {
            return Err(failed("it is too large".into()));
        }
        Ok(Some(bytes))
    }

    /// SHA-256 over the names and contents of all entries but some.
    pub(crate) fn digest(&mut self, without: &[&str]) -> Result<String, PlanFileError> {
        let failed = |error: Error| PlanFileError::Entry("tfconfig/", error);
        let (mut digests, mut left) = (BTreeMap::new(), MAX_ENTRY);
        for index in 0..self.0.len() {
            let entry = self.0.by_index(index).map_err(|error| failed(error.into()))?;
            let name = entry.name().map_err(|error| failed(error.into()))?.into_owned();
            if without.contains(&name.as_str()) {
                continue;
            }
            let (mut hasher, mut content) = (Sha256::new(), entry.take(left + 1));
            let mut buffer = [0; 16 * 1024];
            loop {
                let read = content.read(&mut buffer).map_err(|error| failed(error.into()))?;
                if read == 0 {
                    break;
                }
                hasher.update(&buffer[..read]);
                left = left
                    .checked_sub(read as u64)
                    .ok_or_else(|| failed("it is too large".into()))?;
            }
            digests.insert(name, hex::encode(hasher.finalize()));
        }
        headgate_domain::canonical::digest(&digests).map_err(|error| failed(error.into()))
    }

    /// The files of a folder by name, without its subfolders.
    pub(crate) fn folder(
        &mut self,
        folder: &'static str,
        most: u64,
    ) -> Result<BTreeMap<String, Vec<u8>>, PlanFileError> {
        let failed = |error: Error| PlanFileError::Entry(folder, error);
        let names: Result<Vec<_>, _> =
            self.0.file_names().map(|name| name.map(|name| name.into_owned())).collect();
        let names = names.map_err(|error| failed(error.into()))?;
        let (mut files, mut left) = (BTreeMap::new(), most);
        for name in names {
            let Some(short) = name.strip_prefix(folder).filter(|short| is_name(short)) else {
                continue;
            };
            let entry = self.0.by_name(&name).map_err(|error| failed(error.into()))?;
            let mut bytes = Vec::new();
            entry.take(left + 1).read_to_end(&mut bytes).map_err(|error| failed(error.into()))?;
            left = left
                .checked_sub(bytes.len() as u64)
                .ok_or_else(|| failed("it is too large".into()))?;
            files.insert(short.to_owned(), bytes);
        }
        Ok(files)
    }
}

/// Whether it is the name of a file, not a path.
fn is_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..") && !name.contains(['/', '\\', '\0'])
}
