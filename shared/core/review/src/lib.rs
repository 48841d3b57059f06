#![doc = include_str!("../README.md")]

mod access;
mod builtins;
mod bundle;
mod cost;
mod embedded;
mod evidence;
mod gate;
mod globs;
mod input;
mod ours;
mod report;
mod sameness;
mod scans;
mod search;
mod settings;
mod subject;
mod tables;
mod team;
mod texts;
mod unreadable;
mod validity;
mod values;

pub use bundle::{Bundle, BundleError, Demand, bundle_digest};
pub use cost::{CostError, INFRACOST, infracost_cents};
pub use evidence::{EvidenceText, searched};
pub use globs::covers;
pub use report::{Basis, MAX_STORED_BYTES, Report, ReviewError, review};
pub use sameness::Reviewed;
pub use scans::{Scan, ScanError, format_log, joined, stamp, to_sarif};
pub use settings::{AgentScope, RequiredScan, Settings, Waiver, Weight};
pub use subject::Subject;
pub use team::{TeamError, TeamPolicies, from_archive, from_folder};
pub use unreadable::Unreadable;
pub use validity::{Served, Void};
pub use values::{ValuesError, ValuesFile};
