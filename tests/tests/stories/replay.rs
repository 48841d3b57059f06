//! A stored review can be replayed, and the replay detects a review that was changed.

use headgate_e2e::{PLAN, Proposal, World};
use serde_json::Value;

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_review_is_made_again_and_is_the_same() {
    let world = World::new();
    // The plan has wrong names, so that the review has findings to compare.
    let plan = PLAN.replace("orders-local-intake", "intake");
    let plan = world.upload("terraform-bot", plan.as_bytes());
    let proposal = Proposal::with_plan(&world, "staging", &plan);
    proposal.send(&world).ok();
    let change = proposal.change.as_str();
    world.wait_status(change, "needs_revision");
    // The fleet has team policies in addition to Headgate's.
    let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/../terraform/environments/local/policies");
    let replay = ["review", "--replay", change, "--json", "--policies", policies];
    let (code, _, error) = world.headgate("vic", &replay[..4]);
    assert_eq!(code, 2);
    assert!(error.contains("pass --policies if the fleet has its own policies"), "{error}");
    let replay = || world.headgate("vic", &replay);
    let (code, out, error) = replay();
    assert_eq!(code, 0, "{error}");
    let out: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(out["same"], true);
    assert_eq!(out["again"]["verdict"], "revise");
    assert!(out["again"]["findings"].as_array().unwrap().len() > 1, "{out}");

    // Somebody with access to the table changes the verdict to a pass.
    rewrite(&world, change, r#""verdict":"revise""#, r#""verdict":"pass""#);
    let (code, _, error) = replay();
    assert_eq!(code, 1);
    let said =
        format!("headgate: {change}: the stored review differs from its replay in: verdict\n");
    assert_eq!(error, said);

    let (code, _, error) = world.headgate("vic", &["review", "--replay", "nothing"]);
    assert_eq!(code, 1);
    assert!(error.contains("there is no such change (not_found"), "{error}");
}

/// Changes the text of a stored review directly, bypassing every check.
fn rewrite(world: &World, change: &str, from: &str, to: &str) {
    world.rewrite("/tables/ledger", (&format!("CHANGE#{change}"), "REVIEW#000001"), &|body| {
        assert!(body.contains(from), "{body}");
        body.replace(from, to)
    });
}
