//! Logs: one JSON object a line, identifiers in dotted fields (`event.id`, `change.id`), never a body
//! or a token.

use crate::config::Vars;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::layer;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Starts logging. Called once, first thing in `main`.
pub fn init(function: &'static str) {
    let said = Vars::from_env().optional("HEADGATE_LOG").unwrap_or_default();
    let layer = layer()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_writer(std::io::stdout);
    tracing_subscriber::registry().with(layer).with(filter(&said)).init();
    tracing::debug!(function.name = function, version = crate::VERSION, "starting");
}

/// `info`, or directives such as `warn,headgate_flow=debug`. Not what has brackets in it (fields of spans): that
/// takes an engine of regular expressions, which every function would carry along.
fn filter(directives: &str) -> Targets {
    let info = || Targets::new().with_default(LevelFilter::INFO);
    if directives.is_empty() { info() } else { directives.parse().unwrap_or_else(|_| info()) }
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

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::filter;

    #[test]
    fn what_is_logged_is_what_is_asked_for() {
        for nothing in ["", "info", "headgate=loud", "a=b=c"] {
            assert!(filter(nothing).would_enable("headgate", &Level::INFO), "{nothing}");
            assert!(!filter(nothing).would_enable("headgate", &Level::DEBUG), "{nothing}");
        }
        let some = filter("warn,headgate_flow=debug");
        assert!(some.would_enable("headgate_flow::consume", &Level::DEBUG));
        assert!(!some.would_enable("hyper", &Level::INFO));
        assert!(!filter("off").would_enable("headgate", &Level::ERROR));
    }
}
