//! `headgate log`.

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
            let place = place(config, &log)?;
            let place = place.ok_or_else(|| {
                Failure::Usage(
                    "no log: pass --log s3://BUCKET or a folder, or set HEADGATE_LOG".into(),
                )
            })?;
            let audited = audit(config, &log, &place)?;
            let timelines = audited.timelines.len();
            if global.json {
                output::json(&json!({
                    "size": audited.size, "timelines": timelines, "intact": audited.findings.is_empty(),
                    "findings": said(&audited.findings), "restored": restored(&audited),
                }));
            }
            refuse(&audited.findings)?;
            save(&log, &place)?;
            if !global.json {
                output::line(format!(
                    "{} entries of {timelines} timelines, all as they were signed",
                    audited.size
                ));
                restored(&audited).iter().for_each(output::line);
                if log.known.is_empty() {
                    output::line(UNKNOWN);
                }
            }
        }
    }
    Ok(())
}

/// Said when nothing from before was compared.
pub(super) const UNKNOWN: &str = "no checkpoint from before was given (--known), so a log that was written again from its beginning would pass, too";

/// Where the log is, if that is known.
pub(super) fn place(config: &Config, args: &LogArgs) -> Result<Option<Place>, Failure> {
    let named = args.log.clone().or_else(|| Some(config.log.clone()).filter(|log| !log.is_empty()));
    named.as_deref().map(Place::parse).transpose()
}

/// Reads the whole log.
pub(super) fn audit(config: &Config, args: &LogArgs, place: &Place) -> Result<Audited, Failure> {
    let key = super::verify::key(config, &args.key)?;
    let known = args.known.iter().map(|path| known(path, &key)).collect::<Result<Vec<_>, _>>()?;
    place.audit(&key, &known)
}

/// Keeps the newest checkpoint, after nothing was found.
pub(super) fn save(args: &LogArgs, place: &Place) -> Result<(), Failure> {
    let Some(path) = &args.save else { return Ok(()) };
    std::fs::write(path, place.checkpoint()?)
        .map_err(|e| Failure::Usage(format!("{}: {e}", path.display())))
}

/// A checkpoint from before, or the one in a receipt.
fn known(path: &std::path::Path, key: &Verifier) -> Result<Checkpoint, Failure> {
    let text = String::from_utf8(super::read(path)?);
    let text = text.map_err(|_| Failure::Usage(format!("{} is not text", path.display())))?;
    let note = match serde_json::from_str::<Receipt>(&text) {
        Ok(receipt) => receipt.checkpoint().unwrap_or_default().to_owned(),
        Err(_) => text,
    };
    Checkpoint::open(&note, key).map_err(|e| Failure::Usage(format!("{}: {e}", path.display())))
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

fn restored(audited: &Audited) -> Vec<String> {
    let restored = audited.timelines.iter().flat_map(|(engagement, logged)| {
        let at = logged.restored.iter();
        at.map(move |leaf| format!("{engagement} was restored from a backup at leaf {leaf}: entries that were logged before may be gone"))
    });
    restored.collect()
}
