//! Progress on standard error.

use std::io::Write as _;

/// Prints one line of progress.
pub(crate) fn say(text: &str) {
    drop(writeln!(std::io::stderr(), "   {text}"));
}
