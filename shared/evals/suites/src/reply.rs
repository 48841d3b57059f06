//! What a model said, and which part of it is the answer.

use serde::{Deserialize, Serialize};

use crate::suite::Answer;

/// Longest reply that is kept and graded, in bytes.
pub const MAX_REPLY: usize = 256 * 1024;

/// A reply as graders see it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reply<'a> {
    /// The answer in it.
    pub answer: &'a str,
    /// How long it took, all calls of the case together.
    pub seconds: f64,
    /// What it cost, in US dollars, all calls together.
    pub usd: f64,
}

/// The text of a reply, no longer than is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The text.
    pub text: String,
    /// How long it was, in bytes, if that was longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_from: Option<u64>,
}

impl Text {
    /// Keeps what may be kept.
    #[must_use]
    pub fn cut(mut text: String) -> Self {
        let long = text.len();
        text.truncate(text.floor_char_boundary(MAX_REPLY));
        Self { cut_from: (text.len() < long).then_some(long as u64), text }
    }

    /// The answer in it.
    #[must_use]
    pub fn answer(&self, how: Answer) -> &str {
        match how {
            Answer::Whole => &self.text,
            Answer::Fence => fenced(&self.text).unwrap_or(&self.text),
        }
    }
}

/// What is in the first fenced block. A fence that is never closed ends with the text.
fn fenced(text: &str) -> Option<&str> {
    let mut lines = text.split_inclusive('\n');
    let mut at = 0;
    let (mark, start) = lines.by_ref().find_map(|line| {
        at += line.len();
        let line = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark))?;
        Some((mark, at))
    })?;
    let inside = text.get(start..)?;
    let mut end = 0;
    for line in inside.split_inclusive('\n') {
        if line.trim() == mark {
            return inside.get(..end);
        }
        end += line.len();
    }
    Some(inside)
}

#[cfg(test)]
mod tests {
    use super::{MAX_REPLY, Text};
    use crate::suite::Answer;

    fn answer(text: &str) -> String {
        Text::cut(text.to_owned()).answer(Answer::Fence).to_owned()
    }

    #[test]
    fn the_first_fence_is_the_answer() {
        assert_eq!(answer("Here:\n```hcl\na = 1\n```\nand\n```\nb\n```\n"), "a = 1\n");
        assert_eq!(answer("  ~~~\nx\n```\ny\n  ~~~\n"), "x\n```\ny\n");
        assert_eq!(answer("```json\n{}\n"), "{}\n");
        assert_eq!(answer("no fence"), "no fence");
        assert_eq!(answer("```"), "");
    }

    #[test]
    fn a_reply_that_is_too_long_is_cut_and_says_so() {
        let long = Text::cut("ä".repeat(1024 * 1024));
        assert_eq!(long.cut_from, Some(2 * 1024 * 1024));
        assert!(long.text.len() <= MAX_REPLY);
        assert_eq!(Text::cut("short".to_owned()).cut_from, None);
    }
}
