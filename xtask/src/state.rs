//! State files: the running emulator and the deployed fleet. The command that starts them writes these files;
//! other commands read them.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

/// A deployed fleet, as the CLI and the end-to-end suite read it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Deployed {
    /// URL of the emulator.
    pub endpoint: String,
    /// URL of the API, including the stage.
    pub api: String,
    /// Name of the event bus.
    pub bus: String,
    /// Name of the artifact bucket.
    pub artifact_bucket: String,
    /// The bucket of the transparency log, as `s3://NAME`.
    pub log: String,
    /// Public key of the transparency log.
    pub log_key: String,
    /// Folder with a token for each local principal.
    pub token_dir: PathBuf,
    /// The Terraform output `fleet`.
    pub fleet: serde_json::Value,
}

/// A running emulator.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Running {
    /// Process ID. The process is the leader of its process group.
    pub pid: i32,
    /// Start time in clock ticks since boot. Detects that another process has reused the process ID.
    pub started: u64,
    /// TCP port on loopback.
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
