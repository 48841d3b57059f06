//! Candidates: the models, or pairs of models, that an evaluation compares.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A model, or a generator with a verifier that checks its answer and may send it back once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Candidate {
    /// One model, by its name in the deployment.
    Model(String),
    /// Two models, written `generator+verifier`.
    Pair {
        /// Name of the model that writes the answer.
        generator: String,
        /// Name of the model that checks the answer.
        verifier: String,
    },
}

/// The text is not a valid candidate name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a candidate: write `model` or `generator+verifier`, with lowercase letters, digits, `.`, \
     `-` and `_`"
)]
pub struct CandidateError(pub String);

impl Candidate {
    /// Names of the models that this candidate needs.
    pub fn models(&self) -> impl Iterator<Item = &str> {
        let (first, second) = match self {
            Self::Model(model) => (model, None),
            Self::Pair { generator, verifier } => (generator, Some(verifier)),
        };
        std::iter::once(first).chain(second).map(String::as_str)
    }
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Model(model) => f.write_str(model),
            Self::Pair { generator, verifier } => write!(f, "{generator}+{verifier}"),
        }
    }
}

impl From<Candidate> for String {
    fn from(candidate: Candidate) -> Self {
        candidate.to_string()
    }
}

impl FromStr for Candidate {
    type Err = CandidateError;

    fn from_str(text: &str) -> Result<Self, CandidateError> {
        let wrong = || CandidateError(text.to_owned());
        let model = |name: &str| is_model(name).then(|| name.to_owned()).ok_or_else(wrong);
        match text.split_once('+') {
            None => Ok(Self::Model(model(text)?)),
            Some((generator, verifier)) => {
                Ok(Self::Pair { generator: model(generator)?, verifier: model(verifier)? })
            }
        }
    }
}

impl TryFrom<String> for Candidate {
    type Error = CandidateError;

    fn try_from(text: String) -> Result<Self, CandidateError> {
        text.parse()
    }
}

/// Whether the text is a valid model name: 1 to 64 lowercase letters, digits, `.`, `-` and `_`.
#[must_use]
pub fn is_model(name: &str) -> bool {
    let good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-_".contains(&b);
    (1..=64).contains(&name.len()) && name.bytes().all(good)
}
