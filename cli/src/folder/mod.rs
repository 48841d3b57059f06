//! The folder in which Terraform runs: which files an apply may read, and a private copy with exactly those.

mod list;
mod private;
mod restore;
mod setup;

pub(crate) use list::Folder;
pub(crate) use private::{PlanCopy, Private};
pub(crate) use restore::close;
pub(crate) use setup::{Setup, clean, prepare};

use std::io::{self, Read, Write};

use sha2::{Digest as _, Sha256};

/// Copies everything, and returns the SHA-256 and the number of the bytes that were copied.
fn copy_hashed(from: &mut impl Read, to: &mut impl Write) -> io::Result<(String, u64)> {
    let (mut hasher, mut total) = (Sha256::new(), 0);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => return Ok((hex::encode(hasher.finalize()), total)),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hasher.update(&buffer[..read]);
        to.write_all(&buffer[..read])?;
        total += read as u64;
    }
}

#[cfg(test)]
mod tests;
