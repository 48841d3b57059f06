//! Whether two judges agree more than by chance.

use crate::error::StatsError;
use crate::float;

/// Cohen's kappa of two judges over the same cases: 1 for full agreement, 0 for what chance would give. Where
/// both always say the same one thing, nothing can be said beyond chance, and it is 1.
///
/// # Errors
/// [`StatsError`] for none, or different numbers of, judgements.
pub fn cohens_kappa(a: &[bool], b: &[bool]) -> Result<f64, StatsError> {
    if a.len() != b.len() {
        return Err(StatsError::Unpaired(a.len(), b.len()));
    }
    if a.is_empty() {
        return Err(StatsError::Empty);
    }
    let n = float(a.len() as u64);
    let share = |judge: &[bool]| float(judge.iter().filter(|v| **v).count() as u64) / n;
    let same = a.iter().zip(b).filter(|(x, y)| x == y).count() as u64;
    let (seen, p, q) = (float(same) / n, share(a), share(b));
    let chance = p * q + (1.0 - p) * (1.0 - q);
    if chance >= 1.0 {
        return Ok(1.0);
    }
    Ok((seen - chance) / (1.0 - chance))
}
