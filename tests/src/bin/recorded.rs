//! A server that speaks the OpenAI protocol and returns recorded answers.
//! Usage: `recorded <evals> <port> <key> <log>`.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use headgate_e2e::recorded::Server;

fn main() {
    let mut args = std::env::args().skip(1);
    let mut next = |what: &str| args.next().unwrap_or_else(|| panic!("missing argument: {what}"));
    let evals = PathBuf::from(next("folder with the suites"));
    let port: u16 = next("port").parse().unwrap();
    let key = next("API key to accept");
    let log = PathBuf::from(next("log file for the calls"));
    Server::open(&evals, key, &log).serve(port);
}
