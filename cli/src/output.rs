//! What people and programs are shown.
#![allow(clippy::print_stdout)]

use comfy_table::Table;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use owo_colors::{OwoColorize as _, Stream};
use serde_json::Value;

pub(crate) fn json(value: &Value) {
    println!("{}", serde_json::to_string_pretty(value).unwrap_or_default());
}

pub(crate) fn line(text: impl std::fmt::Display) {
    println!("{}", harmless(&text.to_string()));
}

/// A text that others may have had a part in, without what drives a terminal: colours stay, as they are ours.
pub(crate) fn harmless(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let colour = rest.strip_prefix("\u{1b}[").and_then(|code| {
            let end = code.find(|c: char| !c.is_ascii_digit() && c != ';')?;
            code.get(end..)?.starts_with('m').then_some(end + 3)
        });
        let length = colour.unwrap_or(c.len_utf8());
        let (part, after) = rest.split_at(length);
        match c {
            '\n' | '\t' => shown.push(c),
            c if c.is_control() && colour.is_none() => shown.push('\u{fffd}'),
            _ => shown.push_str(part),
        }
        rest = after;
    }
    shown
}

pub(crate) fn table(header: &[&str], rows: Vec<Vec<String>>) {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header(header.to_vec());
    for row in rows {
        table.add_row(row.iter().map(|cell| harmless(cell)));
    }
    println!("{table}");
}

/// A status in the colour of what it means.
pub(crate) fn status(name: &str) -> String {
    let shown = |colour: owo_colors::AnsiColors| {
        name.if_supports_color(Stream::Stdout, |t| t.color(colour).to_string()).to_string()
    };
    match name {
        "approved" | "executed" | "pass" | "completed" | "improved" | "no worse" => {
            shown(owo_colors::AnsiColors::Green)
        }
        "blocked" | "rejected" | "expired" | "execution_failed" | "block" | "critical"
        | "error" | "failed" | "refused" | "regressed" => shown(owo_colors::AnsiColors::Red),
        _ => shown(owo_colors::AnsiColors::Yellow),
    }
}

/// A member of an object as text; nothing if it is not there.
pub(crate) fn text(value: &Value, pointer: &str) -> String {
    match value.pointer(pointer) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(s)) => s.clone(),
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn colours_stay_and_nothing_else_that_drives_a_terminal() {
        assert_eq!(harmless("a\u{1b}[32mgreen\u{1b}[0m\n"), "a\u{1b}[32mgreen\u{1b}[0m\n");
        assert_eq!(harmless("\u{1b}]0;title\u{7}ü"), "\u{fffd}]0;title\u{fffd}ü");
        assert_eq!(harmless("\u{1b}[2J\u{9b}1A\r"), "\u{fffd}[2J\u{fffd}1A\u{fffd}");
    }
}
