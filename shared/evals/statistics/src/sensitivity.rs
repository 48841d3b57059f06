//! How much the wording of a question matters.

use crate::float;

/// Pass rates over the paraphrases of one question.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// Pass rate of each paraphrase.
    pub rates: Vec<f64>,
    /// The lowest: the one that counts, since nobody knows how they will be asked.
    pub worst: f64,
    /// Highest less lowest.
    pub spread: f64,
}

/// Sensitivity over `(passed, tries)` of each paraphrase; those without a try are left out. Nothing without any.
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
