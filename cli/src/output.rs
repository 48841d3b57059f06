//! Output for people and programs.
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

/// Replaces the control characters in text that other people may have written, so that it cannot control the
/// terminal. Colour sequences stay, because this program writes them.
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

/// Colours a status: green for success, red for failure, yellow otherwise.
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

/// The value at a JSON pointer, as text; empty if it is missing or null.
pub(crate) fn text(value: &Value, pointer: &str) -> String {
    match value.pointer(pointer) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(s)) => s.clone(),
        Some(other) => other.to_string(),
    }
}

/// The timestamp at a JSON pointer, in local time and to the second: `2026-11-02 10:30:00 +01:00`. Empty if it is
/// missing or null.
pub(crate) fn time(value: &Value, pointer: &str) -> String {
    local(&text(value, pointer))
}

/// A timestamp in local time; any other text as it is.
pub(crate) fn local(text: &str) -> String {
    let Ok(time) = text.parse::<jiff::Timestamp>() else { return text.to_owned() };
    time.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S %:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::{harmless, time};

    #[test]
    fn people_see_local_time_to_the_second() {
        let value = serde_json::json!({"at": "2026-11-02T09:30:00.123456789Z", "not": "soon"});
        let shown = time(&value, "/at");
        let local = jiff::fmt::strtime::parse("%Y-%m-%d %H:%M:%S %:z", &shown);
        let local = local.and_then(|parts| parts.to_timestamp());
        assert_eq!(local.map(|t| t.as_second()).ok(), Some(1_793_611_800), "{shown}");
        assert_eq!((time(&value, "/not"), time(&value, "/none")), ("soon".into(), String::new()));
    }

    #[test]
    fn colours_stay_and_nothing_else_that_drives_a_terminal() {
        assert_eq!(harmless("a\u{1b}[32mgreen\u{1b}[0m\n"), "a\u{1b}[32mgreen\u{1b}[0m\n");
        assert_eq!(harmless("\u{1b}]0;title\u{7}ü"), "\u{fffd}]0;title\u{fffd}ü");
        assert_eq!(harmless("\u{1b}[2J\u{9b}1A\r"), "\u{fffd}[2J\u{fffd}1A\u{fffd}");
    }
}
