//! Errors of the formulas.

/// The input is not valid for the formula.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum StatsError {
    /// There are no observations.
    #[error("there are no observations")]
    Empty,
    /// More successes than trials, or `k` larger than the number of tries.
    #[error("{part} is more than the total of {whole}")]
    Count {
        /// Number of successes, or `k`.
        part: u64,
        /// Number of trials or tries.
        whole: u64,
    },
    /// Fewer than 0 or more successes than trials, where a success may be partial.
    #[error("{part} of {whole} is not a share from 0 to 1")]
    Share {
        /// Sum of successes.
        part: f64,
        /// Number of trials.
        whole: f64,
    },
    /// A level, power or p-value is not between 0 and 1.
    #[error("{0} is not a probability between 0 and 1")]
    Probability(f64),
    /// A clustered error needs at least two clusters.
    #[error("limits that are clustered by task need at least two tasks, not {0}")]
    Clusters(usize),
    /// Two lists that must be paired have different lengths.
    #[error("{0} observations cannot be paired with {1}")]
    Unpaired(usize, usize),
    /// A value is infinite or not a number.
    #[error("{0} is not a finite number")]
    NotFinite(f64),
}

/// Returns an error if the whole is 0 or the part is larger than the whole.
pub(crate) fn part_of(part: u64, whole: u64) -> Result<(), StatsError> {
    match whole {
        0 => Err(StatsError::Empty),
        _ if part > whole => Err(StatsError::Count { part, whole }),
        _ => Ok(()),
    }
}

/// Returns an error if the confidence level is not between 0 and 1.
pub(crate) fn confidence(level: f64) -> Result<(), StatsError> {
    if level > 0.0 && level < 1.0 { Ok(()) } else { Err(StatsError::Probability(level)) }
}
