//! What cannot be computed.

/// Input that a formula has no answer for.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum StatsError {
    /// Nothing was observed.
    #[error("there are no observations")]
    Empty,
    /// More successes than trials, or more to draw than there are.
    #[error("{part} of {whole} is more than there is")]
    Count {
        /// The part.
        part: u64,
        /// The whole.
        whole: u64,
    },
    /// More successes than trials, where a success may be one in part.
    #[error("{part} of {whole} is no share")]
    Share {
        /// The part.
        part: f64,
        /// The whole.
        whole: f64,
    },
    /// Not between 0 and 1.
    #[error("{0} is no probability between 0 and 1")]
    Probability(f64),
    /// A clustered error needs two clusters.
    #[error("errors that are clustered by task need two tasks or more, not {0}")]
    Clusters(usize),
    /// Lists that belong together have different lengths.
    #[error("{0} observations are to be paired with {1}")]
    Unpaired(usize, usize),
    /// A value is not a number.
    #[error("{0} is not a finite number")]
    NotFinite(f64),
}

/// Refuses a part that is larger than its whole, and a whole of nothing.
pub(crate) fn part_of(part: u64, whole: u64) -> Result<(), StatsError> {
    match whole {
        0 => Err(StatsError::Empty),
        _ if part > whole => Err(StatsError::Count { part, whole }),
        _ => Ok(()),
    }
}

/// Refuses a confidence that is none.
pub(crate) fn confidence(level: f64) -> Result<(), StatsError> {
    if level > 0.0 && level < 1.0 { Ok(()) } else { Err(StatsError::Probability(level)) }
}
