//! Hashes, one type each. Each is 64 lower-case hex digits; hashes from outside are not checked, because they are only
//! compared.

crate::text::text! {
    /// SHA-256 over everything that was reviewed. A decision and a permit name it.
    ContentHash

    /// SHA-256 over the effects of a Terraform plan. Empty for a plan that cannot be read.
    PlanHash

    /// SHA-256 over the policies that a review used.
    BundleDigest
}
