//! The ZIP archive of a plan file, and limits for what is read from it.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

use sha2::{Digest as _, Sha256};
use zip::ZipArchive;

use crate::PlanFileError;
use crate::directory;

/// Why an entry cannot be read.
pub(crate) type Error = Box<dyn std::error::Error + Send + Sync>;

/// Most bytes of the configuration, uncompressed.
const MAX_CONFIGURATION: u64 = 256 * 1024 * 1024;

pub(crate) struct Archive<'a>(ZipArchive<Cursor<&'a [u8]>>);

/// Reads at most so many bytes, and fails if there are more. `Read::take` would end in silence, and what follows would be seen by
/// Terraform alone.
pub(crate) struct Limited<R> {
    from: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "it is too large"))?;
        Ok(read)
    }
}

impl<'a> Archive<'a> {
    /// Opens an archive that can be read in one way only.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, PlanFileError> {
        let entries =
            directory::entries(bytes).map_err(|why| PlanFileError::Archive(why.to_owned()))?;
        let archive = ZipArchive::new(Cursor::new(bytes));
        let archive = archive.map_err(|error| PlanFileError::Archive(error.to_string()))?;
        if archive.len() != entries || archive.offset() != 0 {
            return Err(PlanFileError::Archive("its directory is damaged".to_owned()));
        }
        Ok(Self(archive))
    }

    /// Reads one entry of at most so many bytes.
    pub(crate) fn with<T>(
        &mut self,
        name: &'static str,
        most: u64,
        read: impl FnOnce(&mut dyn Read) -> Result<T, Error>,
    ) -> Result<T, PlanFileError> {
        let failed = |error: Error| PlanFileError::Entry(name, error);
        let from = self.0.by_name(name).map_err(|error| failed(error.into()))?;
        let mut entry = Limited { from, left: most };
        let value = read(&mut entry).map_err(failed)?;
        // What was not read counts, too: Terraform may read it.
        io::copy(&mut entry, &mut io::sink()).map_err(|error| failed(error.into()))?;
        Ok(value)
    }

    /// The bytes of an entry that need not be there.
    pub(crate) fn file(
        &mut self,
        name: &'static str,
        most: u64,
    ) -> Result<Option<Vec<u8>>, PlanFileError> {
        if self.0.index_for_name(name).is_none() {
            return Ok(None);
        }
        let read = |entry: &mut dyn Read| {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        self.with(name, most, read).map(Some)
    }

    /// SHA-256 of each entry but some, by name.
    pub(crate) fn digests(
        &mut self,
        without: &[&str],
    ) -> Result<BTreeMap<String, String>, PlanFileError> {
        let failed = |error: Error| PlanFileError::Entry("tfconfig/", error);
        let (mut digests, mut left) = (BTreeMap::new(), MAX_CONFIGURATION);
        for name in self.names()? {
            if without.contains(&name.as_str()) {
                continue;
            }
            let from = self.0.by_name(&name).map_err(|error| failed(error.into()))?;
            let mut entry = Limited { from, left };
            let (mut hasher, mut buffer) = (Sha256::new(), [0; 16 * 1024]);
            loop {
                match entry.read(&mut buffer).map_err(|error| failed(error.into()))? {
                    0 => break,
                    read => hasher.update(&buffer[..read]),
                }
            }
            left = entry.left;
            digests.insert(name, hex::encode(hasher.finalize()));
        }
        Ok(digests)
    }

    fn names(&self) -> Result<Vec<String>, PlanFileError> {
        let names = self.0.file_names().map(|name| name.map(|name| name.into_owned()));
        names.collect::<Result<_, _>>().map_err(|error| PlanFileError::Archive(error.to_string()))
    }
}
