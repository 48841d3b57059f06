//! Output for people and programs.
#![allow(clippy::print_stdout)]

use comfy_table::Table;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use headgate_domain::text::harmless;
use jiff::Timestamp;
use owo_colors::{OwoColorize as _, Stream};
use serde::Serialize;
use serde_json::Value;

pub(crate) fn json(value: &impl Serialize) {
    println!("{}", serde_json::to_string_pretty(value).unwrap_or_default());
}

/// Prints a note to stderr, beside output for programs.
pub(crate) fn note(text: impl std::fmt::Display) {
    use std::io::Write as _;
    drop(writeln!(std::io::stderr(), "{}", harmless(&text.to_string())));
}

pub(crate) fn line(text: impl std::fmt::Display) {
    println!("{}", harmless(&text.to_string()));
}

/// Prints JSON for programs without changing what it says: characters that a terminal may act on are escaped.
pub(crate) fn exact(json: &str) {
    let mut line = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            ' '..='~' => line.push(c),
            // Outside of strings, JSON has none of these.
            _ => c
                .encode_utf16(&mut [0; 2])
                .iter()
                .for_each(|unit| line.push_str(&format!("\\u{unit:04x}"))),
        }
    }
    println!("{line}");
}

/// Prints a line with a coloured status between two texts.
pub(crate) fn line_with(before: impl std::fmt::Display, name: &str, after: impl std::fmt::Display) {
    let (before, after) = (harmless(&before.to_string()), harmless(&after.to_string()));
    println!("{before}{}{after}", coloured(name));
}

/// A cell of a table. Other people may have written any text, so it is made harmless before something is coloured.
pub(crate) enum Cell {
    /// Any text.
    Text(String),
    /// The name of a status, which is coloured.
    Status(String),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

pub(crate) fn table<C: Into<Cell>>(header: &[&str], rows: Vec<Vec<C>>) {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header(header.to_vec());
    for row in rows {
        table.add_row(row.into_iter().map(|cell| match cell.into() {
            Cell::Text(text) => harmless(&text),
            Cell::Status(name) => coloured(&name),
        }));
    }
    println!("{table}");
}

/// A status in a table.
pub(crate) fn status(name: &str) -> Cell {
    Cell::Status(name.to_owned())
}

/// Colours a status: green for success, red for failure, yellow otherwise.
fn coloured(name: &str) -> String {
    let name = &harmless(name);
    let shown = |colour: owo_colors::AnsiColors| {
        name.if_supports_color(Stream::Stdout, |t| t.color(colour).to_string()).to_string()
    };
    match name.as_str() {
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
    use super::time;

    #[test]
    fn people_see_local_time_to_the_second() {
        let shown = time("2026-11-02T09:30:00.123456789Z".parse().unwrap());
        let local = jiff::fmt::strtime::parse("%Y-%m-%d %H:%M:%S %:z", &shown);
        let local = local.and_then(|parts| parts.to_timestamp());
        assert_eq!(local.map(|t| t.as_second()).ok(), Some(1_793_611_800), "{shown}");
    }
}
