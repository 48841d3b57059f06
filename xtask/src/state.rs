//! What runs and where: written by the command that starts it, read by the ones that use it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

/// A deployed fleet, as the CLI and the end-to-end suite read it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Deployed {
    /// Where the emulator listens.
    pub endpoint: String,
    /// URL of the API, stage included.
    pub api: String,
    /// Name of the bus.
    pub bus: String,
    /// Artifact bucket.
    pub artifact_bucket: String,
    /// Folder with a token for each local principal.
    pub token_dir: PathBuf,
    /// Everything that Terraform put out.
    pub fleet: serde_json::Value,
}

/// A running emulator.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Running {
    /// Process, leader of its group.
    pub pid: i32,
    /// When it was started, in clock ticks since boot: tells it from another process of that id.
    pub started: u64,
    /// Port it listens on.
    pub port: u16,
}

pub fn read<T: for<'a> Deserialize<'a>>(path: &Path) -> Option<T> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

pub fn write(path: &Path, value: &impl Serialize) -> Result<()> {
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir)?;
    }
    let text = serde_json::to_vec_pretty(value)?;
    std::fs::write(path, text).with_context(|| path.display().to_string())
}
