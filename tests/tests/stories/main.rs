//! Stories: what users do and what fails around them, told on a deployed fleet. One program, because each would link the
//! whole AWS SDK.
#![allow(clippy::unwrap_used)]

mod applies;
mod approvals;
mod decisions;
mod deliveries;
mod drift;
mod engagements;
mod evaluation_runs;
mod evaluations;
mod evidence;
mod fleet_roles;
mod forgeries;
mod leases;
mod parts;
mod permits;
mod policies;
mod record;
mod redrive;
mod refusals;
mod replay;
mod restored;
mod scans;
mod scoped;
mod sites;
mod sweeps;
mod vended;
