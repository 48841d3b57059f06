//! Percent-encoding.

/// Encodes one path segment or one query value.
pub(crate) fn segment(text: &str) -> String {
    encoded(text, false)
}

/// Encodes a path; slashes stay.
pub(crate) fn path(text: &str) -> String {
    encoded(text, true)
}

fn encoded(text: &str, slashes: bool) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            b'/' if slashes => out.push('/'),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_a_uri_cannot_hold_is_encoded() {
        assert_eq!(super::segment("small+strong/ü"), "small%2Bstrong%2F%C3%BC");
        assert_eq!(super::path("a b/c"), "a%20b/c");
    }
}
