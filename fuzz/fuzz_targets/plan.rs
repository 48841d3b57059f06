//! Fuzzes the plan parser: it must never panic, and every plan it accepts can be summarized and hashed.
#![no_main]

use headgate_domain::plan::Plan;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(plan) = Plan::parse(bytes) else { return };
    let hash = (plan.hash().clone(), plan.effect_hash().expect("a plan parsed from JSON has a canonical form"));
    let by_type: u32 = plan.summary_by_type().values().map(|s| s.total()).sum();
    assert_eq!(plan.summary().total(), by_type);
    // Parsing the same bytes again gives the same hashes.
    let again = Plan::parse(bytes).map(|p| (p.hash().clone(), p.effect_hash().expect("as before")));
    drop(plan.local_files());
    // What an apply may do is derived from every plan that is read.
    let place = headgate_access::Place::new("111122223333", "eu-central-1");
    let access = headgate_access::derive(&plan, &place, None, headgate_access::Allowed::default());
    assert!(access.policies.iter().all(|policy| policy.document.len() <= headgate_access::MAX_POLICY));
    assert_eq!(again.ok(), Some(hash));
});
