//! How a command ends when it does not succeed.

use std::process::ExitCode;

use crate::output::harmless;

/// A failure with the exit code that scripts see.
#[derive(Debug)]
pub enum Failure {
    /// 1: a review found something, and has said so already.
    Found,
    /// 1: the fleet said no, or something is not as it should be.
    Refused(String),
    /// 2: the command line or a file on it cannot be used.
    Usage(String),
    /// 3: the fleet cannot be reached, or failed.
    Unavailable(String),
}

impl Failure {
    /// Prints the one line that says what is wrong, and gives the exit code.
    #[allow(clippy::print_stderr)]
    #[must_use]
    pub fn report(self) -> ExitCode {
        let (code, message) = match self {
            Self::Found => return ExitCode::from(1),
            Self::Refused(message) => (1, message),
            Self::Usage(message) => (2, message),
            Self::Unavailable(message) => (3, message),
        };
        eprintln!("headgate: {}", harmless(&message));
        ExitCode::from(code)
    }

    /// Prints what is wrong and goes on.
    pub(crate) fn warn(&self) {
        use std::io::Write as _;
        if let Self::Refused(message) | Self::Usage(message) | Self::Unavailable(message) = self {
            // Nobody may be listening any more; that must not end what goes on.
            drop(writeln!(std::io::stderr(), "headgate: {message}"));
        }
    }

    pub(crate) fn usage(error: impl std::fmt::Display) -> Self {
        Self::Usage(error.to_string())
    }

    pub(crate) fn unavailable(error: impl std::fmt::Display) -> Self {
        Self::Unavailable(error.to_string())
    }
}
