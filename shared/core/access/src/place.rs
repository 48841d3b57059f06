//! Where a plan is applied.

/// The account and the region of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    account: String,
    region: String,
}

impl Place {
    /// An account and a region. Both may be empty in a review without a deployment: then the policies name any.
    #[must_use]
    pub fn new(account: &str, region: &str) -> Self {
        let any = |text: &str| if text.is_empty() { "*".to_owned() } else { text.to_owned() };
        Self { account: any(account), region: any(region) }
    }

    /// Twelve digits, or `*`.
    pub(crate) fn account(&self) -> &str {
        &self.account
    }

    /// The region, or `*`.
    pub(crate) fn region(&self) -> &str {
        &self.region
    }

    /// Partition of the region: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>.
    pub(crate) fn partition(&self) -> &'static str {
        match self.region.split('-').take(2).collect::<Vec<_>>().as_slice() {
            ["cn", ..] => "aws-cn",
            ["us", "gov"] => "aws-us-gov",
            _ => "aws",
        }
    }

    /// The same account, in another region.
    pub(crate) fn at(&self, region: &str) -> Self {
        Self { account: self.account.clone(), region: region.to_owned() }
    }
}
