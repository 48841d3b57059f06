//! `headgate verify`.

use headgate_log::{Receipt, Verifier};
use serde_json::json;

use crate::args::{Global, KeyArg, Verify};
use crate::config::Config;
use crate::fail::Failure;
use crate::output;

/// The public key of the log: from the command line or the configuration file, never from the API.
pub(super) fn key(config: &Config, KeyArg { key }: &KeyArg) -> Result<Verifier, Failure> {
    let text = match key {
        Some(key) => match std::fs::read_to_string(key) {
            Ok(text) => text,
            // A public key contains `+` and no file does that is meant here: a missing file is told as a malformed key.
            Err(_) => key.clone(),
        },
        None if !config.log_key.is_empty() => config.log_key.clone(),
        None => {
            return Err(Failure::Usage(
                "no public key of the log: pass --key, or set HEADGATE_LOG_KEY; `headgate log init` printed it when the log was created".into(),
            ));
        }
    };
    text.parse().map_err(Failure::usage)
}

pub(super) fn run(config: &Config, global: &Global, args: &Verify) -> Result<(), Failure> {
    let key = key(config, &args.key)?;
    let receipt: Receipt = serde_json::from_slice(&super::read(&args.receipt)?)
        .map_err(|e| Failure::Usage(format!("{}: {e}", args.receipt.display())))?;
    let result = receipt.verify(&key);
    let entry = &receipt.entry;
    if global.json {
        output::json(&json!({
            "engagement_id": entry.engagement_id, "seq": entry.seq, "valid": result.is_ok(),
            "index": result.as_ref().ok().map(|proven| proven.index),
            "size": result.as_ref().ok().map(|proven| proven.checkpoint.size),
            "problem": result.as_ref().err().map(ToString::to_string),
        }));
    }
    let proven = result.map_err(|e| Failure::Refused(format!("the receipt is not valid: {e}")))?;
    if !global.json {
        let member = |name: &str| output::member(&entry.event, name);
        output::line(format!(
            "entry {} of {}: {} of {}, {}",
            entry.seq,
            entry.engagement_id,
            member("type"),
            member("subject"),
            member("time").parse().map_or(member("time"), output::time),
        ));
        output::line(format!(
            "is leaf {} of {}, of which there are {} in the signed checkpoint",
            proven.index,
            key.name(),
            proven.checkpoint.size
        ));
    }
    Ok(())
}
