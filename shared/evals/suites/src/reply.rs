//! A model's reply, and the part of it that is the answer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::suite::Answer;

/// Maximum length of a reply that is kept and graded, in bytes.
pub const MAX_REPLY: usize = 256 * 1024;

/// The input of the graders.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reply<'a> {
    /// The part of the reply that is the answer.
    pub answer: &'a str,
    /// Duration of all calls of the case together, in seconds.
    pub seconds: f64,
    /// Cost of all calls of the case together, in US dollars.
    pub usd: f64,
}

/// The text of a reply, cut to [`MAX_REPLY`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Text {
    /// The kept text.
    pub text: String,
    /// Original length in bytes, if the text was cut.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_from: Option<u64>,
}

impl Text {
    /// Cuts a text to at most [`MAX_REPLY`] bytes.
    #[must_use]
    pub fn cut(mut text: String) -> Self {
        let long = text.len();
        text.truncate(text.floor_char_boundary(MAX_REPLY));
        Self { cut_from: (text.len() < long).then_some(long as u64), text }
    }

    /// The part of the reply that is the answer.
    #[must_use]
    pub fn answer(&self, how: Answer) -> &str {
        match how {
            Answer::Whole => &self.text,
            Answer::Fence => fenced(&self.text).unwrap_or(&self.text),
        }
    }
}

/// The content of the first fenced block. If the fence is never closed, the block ends with the text.
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
