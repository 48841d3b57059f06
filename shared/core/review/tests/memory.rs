//! How much memory the largest plan takes that a review accepts. `memory_mb` of `pm-review` is sized by this.
// It reads `/proc`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use headgate_domain::environment::Environment;
use headgate_domain::guards::MAX_ARTIFACT_BYTES;
use headgate_domain::plan::{MAX_VALUES, Plan};
use headgate_events::Lane;
use headgate_review::{Bundle, Subject, review};
use jiff::Timestamp;

/// Megabytes of the whole process, with those of this test's own plan and its parts. The function has 1,024
/// (`terraform/modules/fleet/main.tf`).
const MOST: u64 = 800;

/// The largest plan: as many bytes and as many values as are accepted. The values are objects with one member, which take the most
/// memory: a map reserves a node of eleven members.
fn largest() -> Vec<u8> {
    let attributes: String = (0..45).map(|n| format!(r#""a{n}":{{"b":{n}}},"#)).collect();
    let resource = |n: usize| {
        format!(
            r#"{{"address":"aws_sqs_queue.q{n}","mode":"managed","type":"aws_sqs_queue","name":"q{n}","provider_name":"registry.terraform.io/hashicorp/aws","change":{{"actions":["create"],"before":null,"after":{{{attributes}"name":"q{n}"}},"after_unknown":{{}},"before_sensitive":false,"after_sensitive":{{}}}}}}"#
        )
    };
    let each = resource(0).matches([',', '{', '[']).count();
    let resources: Vec<_> = (0..(MAX_VALUES - 100) / (each + 1)).map(resource).collect();
    let plan = format!(
        r#"{{"format_version":"1.2","terraform_version":"1.14.0","planned_values":{{"pad":"PAD"}},"configuration":{{}},"resource_changes":[{}]}}"#,
        resources.join(",")
    );
    let most = usize::try_from(MAX_ARTIFACT_BYTES).unwrap();
    let pad = "x".repeat(most - plan.len() + "PAD".len());
    plan.replace("PAD", &pad).into_bytes()
}

/// The largest resident set of this process so far, in megabytes. nextest runs each test in a process of its own.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

#[test]
fn the_largest_plan_is_reviewed_within_the_memory_of_the_function() {
    // Without optimization, this takes longer than a function may.
    let bundle = Bundle::with(&[]).unwrap().within(std::time::Duration::from_secs(600));
    let environment = Environment::profile("prod").unwrap();
    let subject = Subject::offline(&environment, Lane::Execute, Timestamp::UNIX_EPOCH);
    let plan = largest();
    assert_eq!(plan.len() as u64, MAX_ARTIFACT_BYTES);
    let before = peak();
    let count = Plan::parse(&plan).unwrap().resource_changes.len();
    let parsed = peak();
    let report = review(&bundle, subject, &plan).unwrap();
    let reviewed = peak();
    println!(
        "{count} resources, {} MB and {MAX_VALUES} values: {before} MB before, {parsed} MB parsed, {reviewed} MB reviewed, {} findings",
        plan.len() / (1 << 20),
        report.findings.len()
    );
    assert!(reviewed < MOST, "{reviewed} MB");
}
