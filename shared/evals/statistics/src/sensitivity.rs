//! How much the wording of a task matters.

use crate::float;

/// Pass rates of the paraphrases of one task.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// Pass rate of each paraphrase.
    pub rates: Vec<f64>,
    /// The lowest pass rate. It is the one that counts, because real requests may be worded in any way.
    pub worst: f64,
    /// The highest pass rate minus the lowest.
    pub spread: f64,
}

/// Computes the sensitivity from `(passed, tries)` of each paraphrase. Skips paraphrases without tries;
/// `None` if none has any.
#[must_use]
pub fn sensitivity(paraphrases: &[(u64, u64)]) -> Option<Sensitivity> {
    let rates: Vec<f64> = paraphrases
        .iter()
        .filter(|(_, tries)| *tries > 0)
        .map(|(passed, tries)| float(*passed) / float(*tries))
        .collect();
    let worst = rates.iter().copied().min_by(f64::total_cmp)?;
    let best = rates.iter().copied().max_by(f64::total_cmp)?;
    Some(Sensitivity { rates, worst, spread: best - worst })
}
