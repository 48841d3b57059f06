//! People get the evidence of a change, and nothing else of the bucket.

use headgate_domain::canonical::sha256_hex;
use headgate_e2e::{Proposal, World};
use serde_json::json;

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn evidence_is_downloaded_and_checked() {
    let world = World::new();
    let mut proposal = Proposal::new(&world, "local");
    let log = format!("{} tests passed", world.id("n"));
    let evidence = world.upload("terraform-bot", log.as_bytes());
    proposal.data["dossier"]["evidence"] = json!([evidence, world.plan_file()]);
    proposal.send(&world).ok();
    world.wait_status(&proposal.change, "awaiting_decision");
    let folder = std::env::temp_dir().join(world.id("evidence"));
    let to = folder.display().to_string();
    let args = ["change", "evidence", &proposal.change, "--to", &to];
    for _ in 0..2 {
        let (code, out, err) = world.headgate("vic", &args);
        assert_eq!(code, 0, "{out} {err}");
        let sha256 = sha256_hex(log.as_bytes());
        assert!(out.contains(&sha256) && !out.contains("vnd.terraform"), "{out}");
        let file = folder.join(format!("{}.json", &sha256[..16]));
        assert_eq!(std::fs::read_to_string(file).unwrap(), log);
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    std::fs::remove_dir_all(folder).unwrap();
    // Sensitive values are in clear in plan files, and a plan is no evidence.
    let path = |sha256: &str| format!("/v1/changes/{}/evidence/{sha256}", proposal.change);
    world.get("vic", &path(&world.plan_file().sha256)).refused(403, "plan_file_withheld");
    let plan = proposal.data["dossier"]["plan"]["sha256"].as_str().unwrap();
    world.get("vic", &path(plan)).refused(404, "not_found");
}
