//! Development commands for Headgate: `cargo xtask up`, `down`, `test`, `e2e`, `bench` and others.
#![allow(clippy::print_stdout, clippy::print_stderr)]
// A local command-line program may block and may read environment variables.
#![allow(clippy::disallowed_methods)]

mod args;
mod bench;
mod build;
mod cargo;
mod checkov;
mod checks;
mod ci;
mod contract;
mod demo;
mod deploy;
mod dlq_coverage;
mod e2e;
mod emulator;
mod fuzz;
mod iam;
mod mutants;
mod outage;
mod own_plan;
mod paths;
mod plans;
mod progress;
mod provider_schema;
mod recorded;
mod reference;
mod rustdoc;
mod stack;
mod stages;
mod state;
mod storm;
mod tools;
mod up;

fn main() -> std::process::ExitCode {
    args::main()
}
