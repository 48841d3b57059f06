//! `headgate log`.

use std::path::Path;

use headgate_api_types::record::Log as Shown;
use headgate_log::{Audited, Checkpoint, Finding, Receipt, Verifier};
use serde_json::json;

use crate::api::Api;
use crate::args::{Global, Log, LogArgs};
use crate::config::Config;
use crate::fail::Failure;
use crate::log_reader::Place;
use crate::{aws, output};

pub(super) fn run(config: &Config, global: &Global, args: Log) -> Result<(), Failure> {
    match args {
        Log::Init { secret, name } => {
            let (key, made) = aws::init_log(&secret, &name)?;
            if global.json {
                output::json(&json!({ "secret": secret, "made": made, "public_key": key }));
            } else {
                let made =
                    if made { "created the key of the log" } else { "the log already has a key" };
                output::line(format!(
                    "{made}; keep the public key where the fleet cannot reach it:"
                ));
                output::line(key);
            }
        }
        Log::Show => {
            let log = Api::connect(config, global)?.get::<Shown>("/v1/log")?.value;
            if global.json {
                output::json(&log);
            } else {
                output::line(&log.public_key);
                output::line("");
                output::line(log.checkpoint.trim_end());
            }
        }
        Log::Audit { log } => {
            let read = read(config, &log)?.ok_or_else(|| {
                Failure::Usage(
                    "no log: pass --log s3://BUCKET or a folder, or set HEADGATE_LOG_PLACE".into(),
                )
            })?;
            let (size, timelines) = (read.audited.size, read.audited.timelines.len());
            if global.json {
                output::json(&json!({
                    "size": size, "timelines": timelines, "intact": read.findings.is_empty(),
                    "findings": said(&read.findings), "checked": read.checked(),
                }));
            }
            refuse(&read.findings)?;
            read.save(&log)?;
            if !global.json {
                output::line(format!(
                    "{size} entries of {timelines} timelines, all as they were signed"
                ));
                read.notes().iter().for_each(output::line);
            }
        }
    }
    Ok(())
}

/// A log that was read from its bucket.
pub(super) struct Read {
    pub(super) audited: Audited,
    /// What is wrong with the log itself.
    pub(super) findings: Vec<Finding>,
    /// What would be a finding, but was accepted.
    accepted: Vec<String>,
    /// The newest checkpoint, as it was verified.
    note: String,
    key: Verifier,
    key_from: String,
    /// Checkpoints from before that were compared.
    known: usize,
}

/// Reads the whole log, if it is known where it is.
pub(super) fn read(config: &Config, args: &LogArgs) -> Result<Option<Read>, Failure> {
    let named = args.log.clone().filter(|log| !log.is_empty());
    let named = named.or_else(|| Some(config.log.clone()).filter(|log| !log.is_empty()));
    let Some(place) = named.as_deref().map(Place::parse).transpose()? else { return Ok(None) };
    let (key, key_from) = super::verify::key(config, &args.key)?;
    // What was saved is not replaced by something that it does not lead to.
    let saved = args.save.iter().filter(|path| path.exists());
    let known = args.known.iter().chain(saved);
    let known = known.map(|path| self::known(path, &key)).collect::<Result<Vec<_>, _>>()?;
    let (audited, note) = place.audit(&key, &known)?;
    let accepted = |finding: &Finding| match finding {
        Finding::Restored { index, .. } => args.accept_restored.contains(index),
        _ => false,
    };
    let all = audited.findings.iter().cloned();
    let (accepted, findings) = all.partition::<Vec<_>, _>(accepted);
    let known = known.len();
    Ok(Some(Read { accepted: said(&accepted), audited, findings, note, key, key_from, known }))
}

impl Read {
    /// Keeps the newest checkpoint, after nothing was found.
    pub(super) fn save(&self, args: &LogArgs) -> Result<(), Failure> {
        let Some(path) = &args.save else { return Ok(()) };
        let cannot = |e| Failure::Usage(format!("{}: {e}", path.display()));
        // A file that is half written would be no checkpoint.
        let draft = path.with_extension("new");
        std::fs::write(&draft, &self.note).map_err(cannot)?;
        std::fs::rename(&draft, path).map_err(cannot)
    }

    /// What a program should know of the check.
    pub(super) fn checked(&self) -> serde_json::Value {
        json!({
            "key": self.key.to_string(), "key_from": self.key_from.trim(), "known": self.known, "accepted": self.accepted,
        })
    }

    /// What a reader of the result should know.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = vec![format!("checked with the key {} {}", self.key, self.key_from)];
        notes.extend(self.accepted.iter().map(|what| format!("accepted: {what}")));
        if self.known == 0 {
            notes.push("no checkpoint from before was given (--known), so a log that was written again from its beginning would pass, too".to_owned());
        }
        notes
    }
}

/// A checkpoint from before, or the one in a receipt.
fn known(path: &Path, key: &Verifier) -> Result<Checkpoint, Failure> {
    let text = String::from_utf8(super::read(path)?);
    let text = text.map_err(|_| Failure::Usage(format!("{} is not text", path.display())))?;
    let note = match serde_json::from_str::<Receipt>(&text) {
        Ok(receipt) => receipt.checkpoint().unwrap_or_default().to_owned(),
        Err(_) => text,
    };
    let known = Checkpoint::open(&note, key);
    match known.map_err(|e| Failure::Usage(format!("{}: {e}", path.display())))? {
        Checkpoint { size: 0, .. } => Err(Failure::Usage(format!(
            "{}: a checkpoint of no leaves proves nothing",
            path.display()
        ))),
        known => Ok(known),
    }
}

pub(super) fn said(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(ToString::to_string).collect()
}

/// Fails if something was found.
pub(super) fn refuse(findings: &[Finding]) -> Result<(), Failure> {
    match findings {
        [] => Ok(()),
        [first] => Err(Failure::Refused(first.to_string())),
        [first, rest @ ..] => Err(Failure::Refused(format!(
            "{first}; and {} more findings, which --json shows",
            rest.len()
        ))),
    }
}
