//! Problems in a suite, with their positions.

use std::fmt;

/// One problem in a suite.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Path of the file, relative to the suite's folder.
    pub file: String,
    /// Line number, starting at 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, message } = self;
        if *line == 0 {
            write!(f, "{file}: {message}")
        } else {
            write!(f, "{file}:{line}: {message}")
        }
    }
}

/// The suite is not valid. Contains all its problems.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the suite is malformed:\n{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct SuiteError(pub Vec<Problem>);

/// Collects the problems of one file, with their positions in its text.
pub(super) struct Problems<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
    pub(super) found: Vec<Problem>,
}

impl<'a> Problems<'a> {
    pub(super) fn of(file: &'a str, text: &'a str) -> Self {
        Self { file, text, found: Vec::new() }
    }

    /// Adds a problem at a byte offset of the text.
    pub(super) fn at(&mut self, byte: usize, message: impl Into<String>) {
        let before = self.text.get(..byte).unwrap_or(self.text);
        let line = 1 + before.bytes().filter(|b| *b == b'\n').count();
        self.found.push(Problem { file: self.file.to_owned(), line, message: message.into() });
    }
}
