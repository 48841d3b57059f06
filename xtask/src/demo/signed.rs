//! Waits for the transparency log.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::Value;

use crate::progress::output;

/// Waits until the last entry of a timeline is in the transparency log, and keeps its receipt in a file.
pub fn signed(
    headgate: &dyn Fn(&[&str]) -> Command,
    engagement: &str,
    receipt: &str,
) -> Result<()> {
    let mut show = headgate(&["timeline", "show", engagement, "--as", "vic", "--json"]);
    let shown: Value = serde_json::from_str(&output(&mut show)?)?;
    let last = shown["head"]["seq"].to_string();
    let end = Instant::now() + Duration::from_secs(150);
    loop {
        let args = ["timeline", "receipt", engagement, &last, "--out", receipt, "--as", "vic"];
        let asked = headgate(&args).output()?;
        if asked.status.success() {
            return Ok(());
        }
        if Instant::now() > end {
            bail!("no receipt after 150 seconds: {}", String::from_utf8_lossy(&asked.stderr));
        }
        std::thread::sleep(Duration::from_secs(1));
    }
}
