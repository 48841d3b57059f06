//! The plan of all proposals.

use headgate_domain::canonical::sha256_hex;
use headgate_domain::plan::Plan;

/// A real plan: the output of `terraform show -json` for `examples/`.
pub const PLAN: &str = include_str!("../fixtures/plan.json");

/// A real plan file, for proposals. It is of another plan than [`PLAN`]: the fleet cannot compare them, `headgate apply` does.
pub const PLAN_FILE: &[u8] = include_bytes!("../fixtures/orders.tfplan");

/// SHA-256 of [`PLAN_FILE`].
#[must_use]
pub fn plan_file_sha256() -> String {
    sha256_hex(PLAN_FILE)
}

/// Plan hash of [`PLAN`].
#[must_use]
pub fn plan_hash() -> String {
    Plan::parse(PLAN.as_bytes()).unwrap().hash().to_string()
}
