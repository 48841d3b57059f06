//! Finds the JSON of a plan in what people have: UTF-16 from PowerShell, a byte-order mark, or the output of a wrapper around it.

use std::borrow::Cow;

use serde::de::IgnoredAny;

/// What a plan begins with. Terraform and OpenTofu write this member first.
const BEGINS: &[u8] = b"{\"format_version\"";

/// The JSON in `bytes`, in UTF-8.
///
/// # Errors
/// What it is instead: broken text, or text with several plans.
pub(super) fn json(bytes: &[u8]) -> Result<Cow<'_, [u8]>, &'static str> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => unwrapped(rest).map(Cow::Borrowed),
        [0xff, 0xfe, rest @ ..] => decoded(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => decoded(rest, u16::from_be_bytes),
        // PowerShell can also leave out the mark.
        [b'{', 0, ..] => decoded(bytes, u16::from_le_bytes),
        [0, b'{', ..] => decoded(bytes, u16::from_be_bytes),
        _ => unwrapped(bytes).map(Cow::Borrowed),
    }
}

fn decoded(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, [u8]>, &'static str> {
    let broken = "broken UTF-16 text";
    let (pairs, []) = bytes.as_chunks::<2>() else {
        return Err(broken);
    };
    let units = pairs.iter().map(|pair| unit(*pair));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    let text = text.map_err(|_| broken)?;
    let json = unwrapped(text.as_bytes())?;
    Ok(Cow::Owned(json.to_vec()))
}

/// The plan in the output of a wrapper: the one JSON object that begins a line as a plan does. Text without one is returned as it is, so that the
/// parser says what is wrong with it.
fn unwrapped(bytes: &[u8]) -> Result<&[u8], &'static str> {
    if bytes.trim_ascii_start().starts_with(b"{") && bytes.trim_ascii_end().ends_with(b"}") {
        return Ok(bytes);
    }
    let Some(from) = begin(bytes) else {
        return Ok(bytes);
    };
    let rest = &bytes[from..];
    let mut values = serde_json::Deserializer::from_slice(rest).into_iter::<IgnoredAny>();
    let Some(Ok(_)) = values.next() else {
        return Ok(rest);
    };
    let (plan, after) = rest.split_at(values.byte_offset());
    // Somebody who reads the text another way must not see another plan.
    if [&bytes[..from], after].iter().any(|text| mentions(text)) {
        return Err("text with more than one plan");
    }
    Ok(plan)
}

/// Whether a text has what every plan has, however it is written.
fn mentions(text: &[u8]) -> bool {
    const MEMBER: &[u8] = b"format_version";
    text.windows(MEMBER.len()).any(|part| part == MEMBER)
}

/// Where a line begins as a plan does.
fn begin(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = bytes[from..].windows(BEGINS.len()).position(|part| part == BEGINS) {
        let at = from + at;
        if at == 0 || matches!(bytes[at - 1], b'\n' | b'\r') {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::json;

    const PLAN: &str = r#"{"format_version":"1.2","name":"ä𝄞"}"#;

    #[test]
    fn a_plan_is_found_in_what_people_have() {
        let utf16 = |unit: fn(u16) -> [u8; 2], mark: &[u8]| {
            let text: Vec<u8> = PLAN.encode_utf16().flat_map(unit).collect();
            [mark, &text].concat()
        };
        for bytes in [
            PLAN.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", PLAN.as_bytes()].concat(),
            utf16(u16::to_le_bytes, b"\xff\xfe"),
            utf16(u16::to_be_bytes, b"\xfe\xff"),
            utf16(u16::to_le_bytes, b""),
            utf16(u16::to_be_bytes, b""),
            format!("Initializing…\r\n{PLAN}\n\nDone. {{}}\n").into_bytes(),
        ] {
            assert_eq!(json(&bytes).unwrap(), PLAN.as_bytes(), "{bytes:x?}");
        }
    }

    #[test]
    fn what_is_no_plan_or_several_is_refused_or_left_to_the_parser() {
        for broken in [&b"\xff\xfe{"[..], b"\xff\xfe\x00\xd8"] {
            assert!(json(broken).is_err(), "{broken:x?}");
        }
        for two in [
            format!("x\n{PLAN}\n{PLAN}\n"),
            format!("x\n{PLAN} {PLAN}\n"),
            format!("log: {PLAN}\n{PLAN}\n"),
            format!("x\n{PLAN}\n{{ \"format_version\": 1 }}\n"),
        ] {
            assert!(json(two.as_bytes()).is_err(), "{two}");
        }
        for text in ["", "No changes.", "x {\"format_version\":1}", "[1]\n"] {
            assert_eq!(json(text.as_bytes()).unwrap(), text.as_bytes());
        }
    }
}
