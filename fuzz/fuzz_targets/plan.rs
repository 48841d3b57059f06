//! The plan reader: whatever bytes come, it answers, and what it reads it can sum up and hash.
#![no_main]

use headgate_domain::plan::Plan;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(plan) = Plan::parse(bytes) else { return };
    let hash = plan.hash().expect("what came from JSON has a canonical form");
    let by_type: u32 = plan.summary_by_type().values().map(|s| s.total()).sum();
    assert_eq!(plan.summary().total(), by_type);
    // The same bytes are the same plan.
    let again = Plan::parse(bytes).and_then(|p| Ok(p.hash().expect("as before")));
    assert_eq!(again.ok(), Some(hash));
});
