//! A stored review can be made again, and one that was changed is found out.
#![allow(clippy::unwrap_used)]

use headgate_e2e::{PLAN, Proposal, World};
use serde_json::Value;

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_review_is_made_again_and_is_the_same() {
    let world = World::new();
    // With findings, so that there is something to compare: names that are not as they should be.
    let plan = PLAN.replace("orders-local-intake", "intake");
    let plan = world.upload("terraform-bot", plan.as_bytes());
    let proposal = Proposal::with_plan(&world, "staging", &plan);
    proposal.send(&world).ok();
    let change = proposal.change.as_str();
    world.wait_status(change, "needs_revision");
    // The fleet has policies of a team besides Headgate's.
    let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/../terraform/environments/local/policies");
    let replay = ["review", "--replay", change, "--json", "--policies", policies];
    let (code, _, error) = world.headgate("vic", &replay[..4]);
    assert_eq!(code, 2);
    assert!(error.contains("and with --policies if it has some of its own"), "{error}");
    let replay = || world.headgate("vic", &replay);
    let (code, out, error) = replay();
    assert_eq!(code, 0, "{error}");
    let out: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(out["same"], true);
    assert_eq!(out["again"]["verdict"], "revise");
    assert!(out["again"]["findings"].as_array().unwrap().len() > 1, "{out}");

    // Somebody with access to the table makes a pass of it.
    rewrite(&world, change, r#""verdict":"revise""#, r#""verdict":"pass""#);
    let (code, _, error) = replay();
    assert_eq!(code, 1);
    let said = format!(
        "headgate: {change}: the stored review is not what its dossier comes to; these differ: verdict\n"
    );
    assert_eq!(error, said);

    let (code, _, error) = world.headgate("vic", &["review", "--replay", "nothing"]);
    assert_eq!(code, 1);
    assert!(error.contains("there is no such change (not_found"), "{error}");
}

/// Changes the text of a stored review, past every check.
fn rewrite(world: &World, change: &str, from: &str, to: &str) {
    world.rewrite("/tables/ledger", (&format!("CHANGE#{change}"), "REVIEW#000001"), &|body| {
        assert!(body.contains(from), "{body}");
        body.replace(from, to)
    });
}
