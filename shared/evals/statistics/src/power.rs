//! How many repeats it takes to decide.

use crate::error::StatsError;
use crate::z;

/// Share of pairs that differ, while nothing is known of it: the most that two models of like strength can
/// reach whose outcomes are independent.
pub const DISCORDANCE: f64 = 0.5;

/// What a gate is to be able to see.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Design {
    /// Two-sided level of the test.
    pub alpha: f64,
    /// Chance to see what is there.
    pub power: f64,
    /// The drop to be seen, as a difference of rates.
    pub drop: f64,
    /// A smaller observed drop is no regression, significant or not.
    pub minimum: f64,
}

impl Default for Design {
    /// 5 %, 80 %, a drop of 15 points, of which 10 must be seen.
    fn default() -> Self {
        Self { alpha: 0.05, power: 0.8, drop: 0.15, minimum: 0.10 }
    }
}

/// Pairs that McNemar's test needs when the two differ in a share `discordance` of them, so that a drop as in
/// `design` is significant, and seen to be larger than the minimum, with the design's power
/// (R. J. Connor, Biometrics 43, 1987, for the first; a normal approximation for both).
///
/// # Errors
/// [`StatsError::Probability`] for a level, a power or a drop that is none.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn pairs_needed(design: Design, discordance: f64) -> Result<u64, StatsError> {
    let Design { alpha, power, drop, minimum } = design;
    if !(drop > 0.0 && drop <= 1.0 && drop > minimum) {
        return Err(StatsError::Probability(drop));
    }
    // A drop of d cannot happen with fewer than d of the pairs differing.
    let differ = discordance.clamp(drop, 1.0);
    let (za, zb) = (z(1.0 - alpha / 2.0)?, z(power)?);
    let spread = (differ - drop * drop).max(0.0).sqrt();
    let significant = (za * differ.sqrt() + zb * spread) / drop;
    let seen = zb * spread / (drop - minimum);
    // The exact test is a little stricter than its approximation: one pair in drop more.
    let pairs = significant.powi(2).max(seen.powi(2)) + 1.0 / drop;
    Ok(pairs.ceil() as u64)
}

/// The same as repeats of every case, for a suite of so many.
///
/// # Errors
/// The same.
pub fn repeats_needed(design: Design, discordance: f64, cases: u64) -> Result<u64, StatsError> {
    Ok(pairs_needed(design, discordance)?.div_ceil(cases.max(1)))
}
