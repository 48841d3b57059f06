//! Every text of a proposal, with the address and the path at which a person finds it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use headgate_domain::plan::{Plan, values};
use serde_json::Value;

use crate::evidence::EvidenceText;
use crate::subject::Subject;

/// First bytes of what gzip packed.
const GZIP: &[u8] = &[0x1f, 0x8b];
/// Most bytes that are unpacked of a text: user data has 16 KB.
const LONGEST_UNPACKED: u64 = 256 * 1024;
/// How often a text in a text is decoded.
const DEEPEST: usize = 3;
/// Most JSON values of evidence that is read as JSON: it would take the memory.
const MOST_VALUES: usize = 300_000;
/// Shortest text that may be encoded: shorter ones are words.
const SHORTEST_ENCODED: usize = 32;

/// Where a text is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// Address of the resource, provider or variable; or `dossier`.
    pub(super) address: &'a str,
    /// Names and positions from there to the text.
    pub(super) path: &'a [Cow<'a, str>],
    /// Whether the text is written in the configuration, not in a value that results from it.
    pub(super) written: bool,
    /// Whether it is a name, not a value.
    pub(super) name: bool,
    /// Whether it is evidence, which people read and nothing runs.
    pub(super) evidence: bool,
    /// Whether it is something else than text, such as a picture.
    pub(super) binary: bool,
}

/// Calls `each` with every text of a plan and its proposal.
pub(super) fn all(subject: &Subject<'_>, plan: &Plan, each: &mut impl FnMut(Place<'_>, &str)) {
    let blocks: BTreeMap<_, _> =
        plan.config.blocks.iter().map(|block| (block.address.as_str(), block)).collect();
    for change in plan.resource_changes.iter().filter(|change| change.has_effect()) {
        // It contains the key of `for_each`.
        each(
            Place {
                address: &change.address,
                path: &[],
                written: false,
                name: true,
                evidence: false,
                binary: false,
            },
            &change.address,
        );
        let block = blocks.get(change.block().as_str()).copied();
        for (argument, value) in change.change.after.as_object().into_iter().flatten() {
            let written = block.is_some_and(|block| block.fixed.contains(argument));
            below(&change.address, argument, value, written, each);
        }
    }
    for block in &plan.config.blocks {
        for (argument, value) in &block.constants {
            below(&block.address, argument, value, true, each);
        }
    }
    for provider in &plan.config.providers {
        for (argument, value) in &provider.settings {
            // A variable comes from somewhere else, unless it is the default.
            below(&provider.address, argument, value, !is_variable(plan, value), each);
        }
    }
    for variable in plan.config.variables.iter().filter(|variable| variable.local) {
        below(&variable.address, "default", &variable.default, true, each);
        below(&variable.address, "description", &variable.description.as_str().into(), true, each);
    }
    for (name, variable) in plan.variables.as_object().into_iter().flatten() {
        let value = variable.get("value").unwrap_or(&Value::Null);
        below(&format!("var.{name}"), "value", value, false, each);
    }
    for (name, output) in plan.output_changes.as_object().into_iter().flatten() {
        let value = output.get("after").unwrap_or(&Value::Null);
        let address = format!("output.{name}");
        each(
            Place {
                address: &address,
                path: &[],
                written: false,
                name: true,
                evidence: false,
                binary: false,
            },
            name,
        );
        below(&address, "value", value, false, each);
    }
    if let Some(dossier) = subject.dossier {
        let dossier = serde_json::to_value(dossier).unwrap_or_default();
        visit("dossier", &dossier, false, each);
    }
    evidence(subject.evidence, each);
    for scan in subject.scans {
        let place = format!("scan of {}", scan.tool);
        scan.texts().for_each(|text| each(Place::of_evidence(&place, false), text));
    }
    for file in subject.values {
        let names = file.values.keys().chain([&file.file]);
        names.for_each(|name| each(Place::of_evidence("values of variables", false), name));
    }
}

impl<'a> Place<'a> {
    /// Something that people read, and nothing runs.
    fn of_evidence(address: &'a str, binary: bool) -> Self {
        Self { address, path: &[], written: false, name: false, evidence: true, binary }
    }
}

/// Calls `each` with every text of what people read besides.
pub(super) fn evidence(pieces: &[EvidenceText], each: &mut impl FnMut(Place<'_>, &str)) {
    let mut read = |address: &str, text: &str, binary: bool| {
        each(Place::of_evidence(address, binary), text);
    };
    for piece in pieces {
        let address = format!("evidence {}", piece.sha256.get(..16).unwrap_or(&piece.sha256));
        for text in &piece.readings {
            read(&address, text, piece.binary);
            // Escapes of JSON, and texts in it that are encoded, are not seen otherwise.
            let small = values(text.as_bytes()) <= MOST_VALUES;
            let document = match small.then(|| serde_json::from_str::<Value>(text)) {
                Some(Ok(document)) => document,
                _ => Value::String(decoded(text).unwrap_or_default()),
            };
            walk(&address, &mut Vec::new(), &document, false, &mut |place, text| {
                read(place.address, text, false);
            });
        }
    }
}

fn is_variable(plan: &Plan, value: &Value) -> bool {
    let mut variables = plan.variables.as_object().into_iter().flatten();
    variables.any(|(_, variable)| variable.get("value") == Some(value))
}

fn below(
    address: &str,
    name: &str,
    value: &Value,
    written: bool,
    each: &mut impl FnMut(Place<'_>, &str),
) {
    walk(address, &mut vec![Cow::Borrowed(name)], value, written, each);
}

fn visit(address: &str, value: &Value, written: bool, each: &mut impl FnMut(Place<'_>, &str)) {
    walk(address, &mut Vec::new(), value, written, each);
}

fn walk<'a>(
    address: &str,
    path: &mut Vec<Cow<'a, str>>,
    value: &'a Value,
    written: bool,
    each: &mut impl FnMut(Place<'_>, &str),
) {
    match value {
        Value::String(text) => {
            each(
                Place { address, path, written, name: false, evidence: false, binary: false },
                text,
            );
            let mut next = decoded(text);
            for _ in 0..DEEPEST {
                let Some(inner) = next else { break };
                each(
                    Place { address, path, written, name: false, evidence: false, binary: false },
                    &inner,
                );
                next = decoded(&inner);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                path.push(Cow::Owned(at.to_string()));
                walk(address, path, item, written, each);
                path.pop();
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                path.push(Cow::Borrowed(name));
                each(
                    Place { address, path, written, name: true, evidence: false, binary: false },
                    name,
                );
                walk(address, path, member, written, each);
                path.pop();
            }
        }
        _ => {}
    }
}

/// The text in a text that is encoded in Base64, such as the user data of an instance, which may be packed with gzip; as hexadecimal
/// digits; or as in a URL.
fn decoded(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() < SHORTEST_ENCODED {
        return None;
    }
    base64(text).or_else(|| hexadecimal(text)).or_else(|| url(text))
}

fn base64(text: &str) -> Option<String> {
    let alphabet = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
    if !text.len().is_multiple_of(4) || !text.bytes().all(alphabet) {
        return None;
    }
    let bytes = STANDARD.decode(text).ok()?;
    if !bytes.starts_with(GZIP) {
        return String::from_utf8(bytes).ok();
    }
    let mut inner = String::new();
    GzDecoder::new(bytes.as_slice()).take(LONGEST_UNPACKED).read_to_string(&mut inner).ok()?;
    Some(inner)
}

/// A digest is no text once it is decoded.
fn hexadecimal(text: &str) -> Option<String> {
    String::from_utf8(hex::decode(text).ok()?).ok()
}

fn url(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| after.get(..2)).flatten();
        let code =
            code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    (bytes.len() < text.len()).then(|| String::from_utf8(bytes).ok()).flatten()
}
