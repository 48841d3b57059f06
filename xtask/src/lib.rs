//! The project's own commands: up, down, test, e2e, bench.
