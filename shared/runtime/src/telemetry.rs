//! Logs: one JSON object a line, identifiers in dotted fields (`event.id`, `change.id`), never a body
//! or a token.

use tracing_subscriber::EnvFilter;

/// Starts logging. Called once, first thing in `main`.
pub fn init(function: &'static str) {
    let filter = EnvFilter::try_from_env("HEADGATE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_env_filter(filter)
        .with_writer(std::io::stdout)
        .init();
    tracing::debug!(function.name = function, version = crate::VERSION, "starting");
}

/// An error with all its sources, joined by colons: what a log line at the boundary says.
#[must_use]
pub fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    text
}
