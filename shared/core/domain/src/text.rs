//! Makes text that somebody wrote safe to show on one line.

/// Replaces control characters with spaces and truncates the text to `bytes` bytes, so that it cannot break
/// out of its line and fits its place.
#[must_use]
pub fn one_line(text: &str, bytes: usize) -> String {
    let mut line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.truncate(line.floor_char_boundary(bytes));
    line
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn a_text_stays_on_its_line() {
        assert_eq!(one_line("a\nLook: b\t\u{1b}[1m", 100), "a Look: b  [1m");
        assert_eq!(one_line("äöü", 3), "ä");
        assert_eq!(one_line("abc", 3), "abc");
    }
}
