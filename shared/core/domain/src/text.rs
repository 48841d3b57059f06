//! Makes text that somebody wrote safe to show.

/// What is shown instead of a character that would not be shown as itself.
const REPLACEMENT: char = '\u{fffd}';

/// Replaces what could control a terminal, or show something other than what is there: control characters (and with them every
/// escape sequence), characters that change the direction of text (Trojan Source, CVE-2021-42574), and those that take no space.
/// Line breaks and tabs stay.
#[must_use]
pub fn harmless(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\t' => c,
        c if c.is_control() || is_invisible(c) => REPLACEMENT,
        c => c,
    };
    text.chars().map(shown).collect()
}

/// Like [`harmless`], on one line and at most `bytes` bytes long: the text cannot break out of its line, and fits its place.
#[must_use]
pub fn one_line(text: &str, bytes: usize) -> String {
    let shown = |c: char| match c {
        c if c.is_control() => ' ',
        c if is_invisible(c) => REPLACEMENT,
        c => c,
    };
    let mut line: String = text.chars().map(shown).collect();
    line.truncate(line.floor_char_boundary(bytes));
    line
}

/// Formatting, separating and filling characters that have no glyph of their own.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::{harmless, one_line};

    #[test]
    fn a_text_stays_on_its_line() {
        assert_eq!(one_line("a\nLook: b\t\u{1b}[1m", 100), "a Look: b  [1m");
        assert_eq!(one_line("äöü", 3), "ä");
        assert_eq!(one_line("abc", 3), "abc");
        assert_eq!(one_line("a\u{2028}b\u{202e}c", 100), "a\u{fffd}b\u{fffd}c");
    }

    #[test]
    fn nothing_drives_a_terminal_or_hides() {
        // A title, a cursor, a colour, and the sequence that conceals what follows.
        for text in ["\u{1b}]0;title\u{7}", "\u{9b}1A\r", "\u{1b}[32m", "\u{1b}[8m"] {
            assert!(!harmless(text).contains(['\u{1b}', '\u{7}', '\u{9b}', '\r']), "{text:?}");
        }
        assert_eq!(harmless("two\nlines\tü 漢字 🙂"), "two\nlines\tü 漢字 🙂");
        for hidden in
            ['\u{200b}', '\u{202e}', '\u{2066}', '\u{feff}', '\u{ad}', '\u{e0041}', '\u{3164}']
        {
            assert_eq!(harmless(&format!("a{hidden}b")), "a\u{fffd}b", "{hidden:?}");
        }
    }
}
