//! Correction for many comparisons.

use crate::error::StatsError;
use crate::float;

/// Holm's adjusted p-values, in the order of `p`. Compare each one directly with the significance level; the
/// chance of any false alarm among all of them is then at most that level (S. Holm, Scandinavian Journal of
/// Statistics 6, 1979).
///
/// # Errors
/// [`StatsError::Probability`] if a value is not a p-value.
pub fn holm(p: &[f64]) -> Result<Vec<f64>, StatsError> {
    if let Some(bad) = p.iter().find(|p| !(0.0..=1.0).contains(*p)) {
        return Err(StatsError::Probability(*bad));
    }
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut adjusted = vec![1.0; p.len()];
    let mut largest = 0.0_f64;
    for (rank, index) in order.into_iter().enumerate() {
        let left = float((p.len() - rank) as u64);
        // Adjusted p-values never decrease: each is at least as large as the one before it.
        largest = largest.max((p[index] * left).min(1.0));
        adjusted[index] = largest;
    }
    Ok(adjusted)
}
