//! Means of clustered observations.

use statrs::distribution::{ContinuousCDF as _, StudentsT};

use crate::error::{StatsError, confidence};
use crate::{Interval, float};

/// The mean of all observations, with limits that allow for correlation within a task. They use a
/// cluster-robust standard error with the correction G / (G - 1), and Student's t with G - 1 degrees of
/// freedom for G tasks. Repeats of a task do not count as new tasks, so they narrow the interval only as far
/// as is justified (Liang and Zeger, Biometrika 73, 1986; E. Miller, Adding Error Bars to Evals, 2024).
///
/// # Errors
/// [`StatsError`] if fewer than two tasks have observations, a value is not finite, or `level` is not between
/// 0 and 1.
pub fn clustered_mean(tasks: &[Vec<f64>], level: f64) -> Result<Interval, StatsError> {
    Ok(Clustered::of(tasks, level)?.with_more(0.0))
}

/// A mean with the components of its error.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clustered {
    mean: f64,
    /// Squared standard error.
    variance: f64,
    /// The part of `variance` that more observations of the same tasks would reduce.
    within: f64,
    /// Distance of the limits from the mean, in standard errors.
    reach: f64,
    observations: f64,
}

impl Clustered {
    pub(crate) fn of(tasks: &[Vec<f64>], level: f64) -> Result<Self, StatsError> {
        confidence(level)?;
        let tasks: Vec<_> = tasks.iter().filter(|t| !t.is_empty()).collect();
        if tasks.len() < 2 {
            return Err(StatsError::Clusters(tasks.len()));
        }
        if let Some(bad) = tasks.iter().copied().flatten().find(|v| !v.is_finite()) {
            return Err(StatsError::NotFinite(*bad));
        }
        let clusters = float(tasks.len() as u64);
        let observations = float(tasks.iter().map(|t| t.len() as u64).sum());
        let mean = tasks.iter().copied().flatten().sum::<f64>() / observations;
        let residual = |t: &&Vec<f64>| t.iter().map(|v| v - mean).sum::<f64>().powi(2);
        let squares: f64 = tasks.iter().map(residual).sum();
        let variance = squares * clusters / (clusters - 1.0) / observations.powi(2);
        let inside: f64 = tasks.iter().map(|t| scatter(t)).sum();
        let within = inside / (observations - clusters).max(1.0) / observations;
        let reach = StudentsT::new(0.0, 1.0, clusters - 1.0)
            .map_err(|_| StatsError::Clusters(tasks.len()))?
            .inverse_cdf(f64::midpoint(1.0, level));
        Ok(Self { mean, variance, within: within.min(variance), reach, observations })
    }

    /// The interval that would result from `observations` more observations of the same tasks, if means and
    /// spreads stay the same.
    pub(crate) fn with_more(&self, observations: f64) -> Interval {
        let shrink = self.observations / (self.observations + observations);
        let half = self.reach * (self.variance - self.within * (1.0 - shrink)).sqrt();
        Interval { estimate: self.mean, lower: self.mean - half, upper: self.mean + half }
    }
}

/// Sum of the squared distances from the mean.
fn scatter(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / float(values.len() as u64);
    values.iter().map(|v| (v - mean).powi(2)).sum()
}
