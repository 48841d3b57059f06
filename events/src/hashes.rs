//! Hashes, one type each. Each is 64 lower-case hex digits; hashes from outside are not checked, because they are only
//! compared.

crate::text::text! {
    /// SHA-256 over everything that was reviewed. A decision and a permit name it.
    ContentHash

    /// SHA-256 over everything in the JSON of a Terraform plan except its time. Empty for a plan that cannot be read.
    PlanHash

    /// SHA-256 over what a Terraform plan would do. Two plans that do the same have the same one. Empty for a plan that cannot be
    /// read, and in reviews of earlier builds.
    EffectHash

    /// SHA-256 over the policies that a review used.
    BundleDigest
}
