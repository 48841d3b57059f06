//! The number of repeats that a comparison needs.

use crate::error::StatsError;
use crate::z;

/// The share of differing pairs to assume before any are observed. It is the maximum for two equally strong
/// models with independent outcomes.
pub const DISCORDANCE: f64 = 0.5;

/// What a comparison must be able to detect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Design {
    /// Two-sided significance level of the test.
    pub alpha: f64,
    /// Chance of detecting a true drop of size `drop`.
    pub power: f64,
    /// The true drop to detect, as a difference of rates.
    pub drop: f64,
    /// A smaller observed drop is not a regression, even if it is significant.
    pub minimum: f64,
}

impl Default for Design {
    /// Level 5 %, power 80 %, a true drop of 15 points, and an observed drop of at least 10 points.
    fn default() -> Self {
        Self { alpha: 0.05, power: 0.8, drop: 0.15, minimum: 0.10 }
    }
}

/// The number of pairs that McNemar's test needs if the outcomes differ in a share `discordance` of them.
/// With the design's power, the design's drop is then significant and observed to be larger than the minimum.
/// Both parts use a normal approximation; the first is from R. J. Connor, Biometrics 43, 1987.
///
/// # Errors
/// [`StatsError::Probability`] if the level, the power or the drop is not valid.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn pairs_needed(design: Design, discordance: f64) -> Result<u64, StatsError> {
    let Design { alpha, power, drop, minimum } = design;
    if !(drop > 0.0 && drop <= 1.0 && drop > minimum) {
        return Err(StatsError::Probability(drop));
    }
    // A drop of d needs at least a share d of differing pairs.
    let differ = discordance.clamp(drop, 1.0);
    let (za, zb) = (z(1.0 - alpha / 2.0)?, z(power)?);
    let spread = (differ - drop * drop).max(0.0).sqrt();
    let significant = (za * differ.sqrt() + zb * spread) / drop;
    let seen = zb * spread / (drop - minimum);
    // The exact test is slightly stricter than its approximation, so add 1 / drop pairs.
    let pairs = significant.powi(2).max(seen.powi(2)) + 1.0 / drop;
    Ok(pairs.ceil() as u64)
}

/// The number of repeats of every case that a suite with `cases` cases needs; see [`pairs_needed`].
///
/// # Errors
/// [`StatsError::Probability`] if the level, the power or the drop is not valid.
pub fn repeats_needed(design: Design, discordance: f64, cases: u64) -> Result<u64, StatsError> {
    Ok(pairs_needed(design, discordance)?.div_ceil(cases.max(1)))
}
