#![doc = include_str!("../README.md")]

mod agreement;
mod bootstrap;
mod change_point;
mod cluster;
mod conclusion;
mod error;
mod flips;
mod holm;
mod paired;
mod passk;
mod posterior;
mod power;
mod proportion;
mod sensitivity;

pub use agreement::cohens_kappa;
pub use bootstrap::{paired_bootstrap, quantile};
pub use change_point::{Drop, Period, latest_drop};
pub use cluster::clustered_mean;
pub use conclusion::{Assessment, Comparison, Conclusion, Rule, judge};
pub use error::StatsError;
pub use flips::flip_rate;
pub use holm::holm;
pub use paired::{Pairs, sign_test};
pub use passk::{pass_at_k, pass_hat_k};
pub use posterior::posterior;
pub use power::{DISCORDANCE, Design, pairs_needed, repeats_needed};
pub use proportion::wilson;
pub use sensitivity::{Sensitivity, sensitivity};

/// An estimate with its confidence or credible limits.
#[derive(
    Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
pub struct Interval {
    /// The estimate.
    pub estimate: f64,
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
}

impl Interval {
    /// The same estimate with the wider of the two intervals' limits. If all tasks happen to agree, the error
    /// clustered by task is too small; if they differ, the error for independent cases is too small.
    #[must_use]
    pub fn wider(self, other: Self) -> Self {
        Self { lower: self.lower.min(other.lower), upper: self.upper.max(other.upper), ..self }
    }
}

/// Converts a count to a float; exact below 2^53.
#[allow(clippy::cast_precision_loss)]
fn float(n: u64) -> f64 {
    n as f64
}

/// The standard normal quantile.
fn z(probability: f64) -> Result<f64, StatsError> {
    use statrs::distribution::{ContinuousCDF as _, Normal};
    if !(probability > 0.0 && probability < 1.0) {
        return Err(StatsError::Probability(probability));
    }
    Ok(Normal::standard().inverse_cdf(probability))
}
