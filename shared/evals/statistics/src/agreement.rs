//! Whether two judges agree more often than by chance.

use crate::error::StatsError;
use crate::float;

/// Cohen's kappa of two judges over the same cases: 1 for full agreement, 0 for agreement by chance. If both
/// judges give the same judgement in every case, kappa is undefined and this function returns 1.
///
/// # Errors
/// [`StatsError`] if there are no judgements, or if the two lists have different lengths.
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
