//! Whether a review is still valid when somebody decides on it or applies the change.

use headgate_domain::environment::{Environment, Environments};
use headgate_events::BundleDigest;
use jiff::Timestamp;

use crate::report::Report;

/// Why a review is void.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Void {
    /// Stable code.
    pub code: &'static str,
    /// What has changed, and what to do about it.
    pub message: String,
}

impl Void {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// The fleet as it is deployed now. Reviews are checked against it.
#[derive(Debug, Clone)]
pub struct Served {
    /// Environments that the fleet serves.
    pub environments: Environments,
    /// Digest of the policy bundle.
    pub bundle_digest: BundleDigest,
}

impl Served {
    /// Returns the environment of a review if the review is still valid: the policies and the environment's
    /// account, region, class and gate are unchanged, and the review is not too old.
    ///
    /// # Errors
    /// [`Void`].
    pub fn still_holds(
        &self,
        review: &Report,
        environment: &str,
        now: Timestamp,
    ) -> Result<&Environment, Void> {
        let Some(environment) = self.environments.get(environment) else {
            let message = format!("this fleet no longer serves the environment `{environment}`");
            return Err(Void::new("environment_unknown", message));
        };
        if review.bundle_digest != self.bundle_digest {
            return Err(Void::new(
                "policies_changed",
                "the policies have changed since the review, so the review is void; propose a new revision",
            ));
        }
        let reviewed = &review.basis.environment;
        let place = |e: &Environment| (e.account.clone(), e.region.clone(), e.class().to_owned());
        if place(reviewed) != place(environment)
            || reviewed.gate != environment.gate
            || reviewed.gate_rules != environment.gate_rules
        {
            return Err(Void::new(
                "environment_changed",
                format!(
                    "the account, region, class or gate of `{}` has changed since the review, so the review \
                     is void; propose a new revision",
                    environment.name
                ),
            ));
        }
        environment
            .still_fresh(review.reviewed_at, now)
            .map_err(|closed| Void::new(closed.code(), closed.to_string()))?;
        Ok(environment)
    }

    /// Like [`Self::still_holds`], and also requires that changes may be applied there now.
    ///
    /// # Errors
    /// [`Void`]; also outside the maintenance windows and in a freeze.
    pub fn may_apply(
        &self,
        review: &Report,
        environment: &str,
        now: Timestamp,
    ) -> Result<&Environment, Void> {
        let environment = self.still_holds(review, environment, now)?;
        environment.open_at(now).map_err(|closed| Void::new(closed.code(), closed.to_string()))?;
        Ok(environment)
    }
}
