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
    println!("{text}");
}

pub(crate) fn table(header: &[&str], rows: Vec<Vec<String>>) {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header(header.to_vec());
    for row in rows {
        table.add_row(row);
    }
    println!("{table}");
}

/// A status in the colour of what it means.
pub(crate) fn status(name: &str) -> String {
    let shown = |colour: owo_colors::AnsiColors| {
        name.if_supports_color(Stream::Stdout, |t| t.color(colour).to_string()).to_string()
    };
    match name {
        "approved" | "executed" | "pass" => shown(owo_colors::AnsiColors::Green),
        "blocked" | "rejected" | "expired" | "execution_failed" | "block" | "critical"
        | "error" => shown(owo_colors::AnsiColors::Red),
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
