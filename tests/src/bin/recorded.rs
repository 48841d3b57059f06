//! A server that speaks the OpenAI protocol and answers with what is recorded: `recorded <evals> <port> <key> <log>`.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use headgate_e2e::recorded::Server;

fn main() {
    let mut args = std::env::args().skip(1);
    let mut next = |what: &str| args.next().unwrap_or_else(|| panic!("missing argument: {what}"));
    let evals = PathBuf::from(next("folder of the suites"));
    let port: u16 = next("port").parse().unwrap();
    let key = next("key that it wants to see");
    let log = PathBuf::from(next("file that every call is noted in"));
    Server::open(&evals, key, &log).serve(port);
}
