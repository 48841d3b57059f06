//! Creates the zips of functions. Zips for an AWS account are compressed as far as Deflate allows. The same
//! binary always produces the same bytes, so that a function is deployed again only when its binary changes.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Profile;

/// Zopfli level (Zopfli levels start at 10). Higher levels take longer and save less than 0.1 %.
const SMALLEST: i64 = 15;
/// Deflate level. Zips for the emulators never leave this machine, so their size does not matter.
const FASTEST: i64 = 1;

/// Creates a function's zip with the binary as its only file. Does nothing if the zip is newer.
pub fn pack(binary: &Path, zip: &Path, profile: Profile) -> Result<()> {
    let bytes = std::fs::read(binary).with_context(|| format!("{}", binary.display()))?;
    let changed = |path: &Path| std::fs::metadata(path).and_then(|m| m.modified()).ok();
    if changed(zip).is_some_and(|at| Some(at) > changed(binary)) {
        return Ok(());
    }
    if let Some(folder) = zip.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(match profile {
            Profile::Local => FASTEST,
            Profile::Ship => SMALLEST,
        }))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o755);
    let partial = zip.with_extension("partial");
    let mut writer = ZipWriter::new(File::create(&partial)?);
    writer.start_file("bootstrap", options)?;
    writer.write_all(&bytes)?;
    writer.finish()?;
    std::fs::rename(&partial, zip)?;
    Ok(())
}
