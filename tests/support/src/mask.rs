//! Masks what is drawn at random, so that records can be compared with snapshots.

use serde_json::Value;

/// Replaces random UUIDs (version 4) and trace contexts.
pub(crate) fn masked(value: &Value) -> Value {
    masked_by(value, &|text| {
        if text.len() == 55 && text.starts_with("00-") {
            return "[traceparent]".to_owned();
        }
        mask_uuids(text, |version| version == '4')
    })
}

pub(crate) fn masked_by(value: &Value, mask: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(mask(text)),
        Value::Array(all) => all.iter().map(|v| masked_by(v, mask)).collect(),
        Value::Object(all) => all.iter().map(|(k, v)| (k.clone(), masked_by(v, mask))).collect(),
        other => other.clone(),
    }
}

pub(crate) fn mask_uuids(text: &str, masks: impl Fn(char) -> bool) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let head = rest.get(..36).unwrap_or_default();
        let uuid = head.len() == 36
            && head.char_indices().all(|(i, c)| match i {
                8 | 13 | 18 | 23 => c == '-',
                14 => masks(c),
                _ => c.is_ascii_hexdigit(),
            });
        let length = if uuid { 36 } else { next.len_utf8() };
        out.push_str(if uuid { "[uuid]" } else { &rest[..length] });
        rest = &rest[length..];
    }
    out
}
