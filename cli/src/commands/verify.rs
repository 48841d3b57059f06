//! `headgate verify`.

use headgate_domain::text::one_line;
use headgate_log::{Receipt, Verifier};
use serde_json::json;

use crate::args::{Global, KeyArg, Verify};
use crate::config::Config;
use crate::fail::Failure;
use crate::output;

/// The public key of the log, and where it is from: the command line or the configuration file, never the API.
pub(super) fn key(config: &Config, KeyArg { key }: &KeyArg) -> Result<(Verifier, String), Failure> {
    let Some(given) = key else {
        if config.log_key.is_empty() {
            return Err(Failure::Usage(
                "no public key of the log: pass --key, or set HEADGATE_LOG_KEY; `headgate log init` printed it when the log was created".into(),
            ));
        }
        let key = config.log_key.parse().map_err(Failure::usage)?;
        return Ok((key, format!("of the configuration file{}", config.origin())));
    };
    // A key first: a folder could have a file that is named like it.
    let error = match given.parse::<Verifier>() {
        Ok(key) => return Ok((key, "that was given".to_owned())),
        Err(error) => error,
    };
    let Ok(text) = std::fs::read_to_string(given) else { return Err(Failure::usage(error)) };
    let key = text.parse().map_err(|e| Failure::Usage(format!("{given}: {e}")))?;
    Ok((key, format!("of {given}")))
}

pub(super) fn run(config: &Config, global: &Global, args: &Verify) -> Result<(), Failure> {
    let (key, key_from) = key(config, &args.key)?;
    let receipt: Receipt = serde_json::from_slice(&super::read(&args.receipt)?)
        .map_err(|e| Failure::Usage(format!("{}: {e}", args.receipt.display())))?;
    let result = receipt.verify(&key);
    let entry = &receipt.entry;
    if global.json {
        output::json(&json!({
            "key": key.to_string(), "key_from": key_from.trim(),
            "engagement_id": entry.engagement_id, "seq": entry.seq, "valid": result.is_ok(),
            "index": result.as_ref().ok().map(|proven| proven.index),
            "size": result.as_ref().ok().map(|proven| proven.checkpoint.size),
            "problem": result.as_ref().err().map(ToString::to_string),
        }));
    }
    let proven = result.map_err(|e| Failure::Refused(format!("the receipt is not valid: {e}")))?;
    if !global.json {
        let member = |name: &str| one_line(&output::member(&entry.event, name), usize::MAX);
        output::line(format!(
            "entry {} of {}: {} of {}, {}",
            entry.seq,
            one_line(entry.engagement_id.as_str(), usize::MAX),
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
        output::line(format!("checked with the key {key} {key_from}"));
    }
    Ok(())
}
