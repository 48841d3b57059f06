//! Zips of what ships: as small as Deflate gets, and the same bytes for the same binary, so that a function is
//! deployed anew only when it is another one.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Of zopfli, whose levels begin with 10: more rounds take longer and win less than a thousandth.
const LEVEL: i64 = 15;

/// Packs a binary as the one file of a function's zip, unless the zip is newer.
pub fn pack(binary: &Path, zip: &Path) -> Result<()> {
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
        .compression_level(Some(LEVEL))
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
