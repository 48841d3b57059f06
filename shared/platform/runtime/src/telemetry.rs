//! Logs. Each line is one JSON object, with identifiers in dotted fields (`event.id`, `change.id`). Logs
//! never contain message bodies or tokens.

use crate::config::Vars;
use crate::variables;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::layer;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Starts logging. Call it once, first in `main`.
pub fn init(function: &'static str) {
    let said = Vars::from_env().optional(variables::LOG).unwrap_or_default();
    let layer = layer()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_writer(std::io::stdout);
    tracing_subscriber::registry().with(layer).with(filter(&said)).init();
    tracing::debug!(function.name = function, version = crate::VERSION, "starting");
}

/// Parses directives such as `warn,headgate_outbox=debug`; the default is `info`, also for directives that
/// are not valid. Filters on span fields (in brackets) are not supported, because they would add a
/// regular-expression engine to every function.
fn filter(directives: &str) -> Targets {
    let info = || Targets::new().with_default(LevelFilter::INFO);
    if directives.is_empty() { info() } else { directives.parse().unwrap_or_else(|_| info()) }
}

/// The text of an error and all its sources, joined by colons.
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
        let some = filter("warn,headgate_outbox=debug");
        assert!(some.would_enable("headgate_outbox::consume", &Level::DEBUG));
        assert!(!some.would_enable("hyper", &Level::INFO));
        assert!(!filter("off").would_enable("headgate", &Level::ERROR));
    }
}
