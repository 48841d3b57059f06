//! Failures of a command, with their exit codes.

use std::process::ExitCode;

use headgate_domain::text::harmless;

/// A failure. The variant determines the exit code.
#[derive(Debug)]
pub enum Failure {
    /// 1: the review did not pass. Its findings are already printed.
    Found,
    /// 1: the fleet refused the request, or the result is negative.
    Refused(String),
    /// 2: the command line, or a file that it names, cannot be used.
    Usage(String),
    /// 3: the fleet cannot be reached, or it failed.
    Unavailable(String),
}

impl Failure {
    /// Prints the message to stderr and returns the exit code.
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

    /// Prints the message to stderr without ending the command.
    pub(crate) fn warn(&self) {
        use std::io::Write as _;
        if let Self::Refused(message) | Self::Usage(message) | Self::Unavailable(message) = self {
            // stderr may be closed; that must not end the command.
            drop(writeln!(std::io::stderr(), "headgate: {message}"));
        }
    }

    /// Whether the fleet refused the request with one of these codes.
    pub(crate) fn is_one_of(&self, codes: &[&str]) -> bool {
        let Self::Refused(message) = self else { return false };
        codes.iter().any(|code| {
            message.contains(&format!("({code})")) || message.contains(&format!("({code},"))
        })
    }

    /// The message, without the exit code.
    pub(crate) fn message(self) -> String {
        match self {
            Self::Found => String::new(),
            Self::Refused(message) | Self::Usage(message) | Self::Unavailable(message) => message,
        }
    }

    pub(crate) fn usage(error: impl std::fmt::Display) -> Self {
        Self::Usage(error.to_string())
    }

    pub(crate) fn unavailable(error: impl std::fmt::Display) -> Self {
        Self::Unavailable(error.to_string())
    }
}
