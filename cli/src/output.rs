//! Output for people and programs.
#![allow(clippy::print_stdout)]

use comfy_table::Table;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use jiff::Timestamp;
use owo_colors::{OwoColorize as _, Stream};
use serde::Serialize;
use serde_json::Value;

pub(crate) fn json(value: &impl Serialize) {
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

/// The name of a value in JSON: `needs_revision`. Empty for a value that is no string.
pub(crate) fn name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

/// A member of an event as text; empty if it is missing or null.
pub(crate) fn member(value: &Value, name: &str) -> String {
    match &value[name] {
        Value::Null => String::new(),
        Value::String(s) => s.clone(),
        other => other.to_string(),
    }
}

/// A timestamp in local time, to the second: `2026-11-02 10:30:00 +01:00`.
pub(crate) fn time(time: Timestamp) -> String {
    time.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S %:z").to_string()
}

/// Formats a timestamp like [`time`], or returns an empty string.
pub(crate) fn time_if(at: Option<Timestamp>) -> String {
    at.map(time).unwrap_or_default()
}

/// Tells how to get the next page, if there is one.
pub(crate) fn next_page(cursor: Option<&str>) {
    if let Some(next) = cursor {
        line(format!("next page: --cursor {next}"));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{harmless, time};

    #[test]
    fn people_see_local_time_to_the_second() {
        let shown = time("2026-11-02T09:30:00.123456789Z".parse().unwrap());
        let local = jiff::fmt::strtime::parse("%Y-%m-%d %H:%M:%S %:z", &shown);
        let local = local.and_then(|parts| parts.to_timestamp());
        assert_eq!(local.map(|t| t.as_second()).ok(), Some(1_793_611_800), "{shown}");
    }

    #[test]
    fn colours_stay_and_nothing_else_that_drives_a_terminal() {
        assert_eq!(harmless("a\u{1b}[32mgreen\u{1b}[0m\n"), "a\u{1b}[32mgreen\u{1b}[0m\n");
        assert_eq!(harmless("\u{1b}]0;title\u{7}ü"), "\u{fffd}]0;title\u{fffd}ü");
        assert_eq!(harmless("\u{1b}[2J\u{9b}1A\r"), "\u{fffd}[2J\u{fffd}1A\u{fffd}");
    }
}
