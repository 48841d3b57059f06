//! Results of other scanners as evidence, in an environment that requires a scan by somebody else than the proposer.

use std::path::PathBuf;

use headgate_e2e::{PLAN, Proposal, World};
use serde_json::{Value, json};

/// The plan, and what Checkov says about it: a fault that our rules do not know.
fn files(world: &World) -> (PathBuf, PathBuf) {
    let folder = std::env::temp_dir().join(world.id("scan"));
    std::fs::create_dir_all(&folder).unwrap();
    let (plan, log) = (folder.join("plan.json"), folder.join("results.sarif"));
    let result = |check: &str, text: &str| {
        json!({
            "ruleId": check, "level": "error", "message": { "text": text },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": "main.tf" },
                "region": { "startLine": 1, "snippet": { "text": "resource \"aws_sqs_queue\" \"orders\" {" } },
            } }],
        })
    };
    let sarif = json!({ "version": "2.1.0", "runs": [{
        "tool": { "driver": { "name": "Checkov", "version": "3.3.30" } },
        "results": [result("CKV_AWS_999", "Ensure that somebody has looked")],
    }] });
    std::fs::write(&plan, PLAN).unwrap();
    std::fs::write(&log, sarif.to_string()).unwrap();
    (plan, log)
}

/// Uploads the scan in somebody's name. Returns the artifact.
fn uploaded(world: &World, by: &str, (plan, log): (&PathBuf, &PathBuf)) -> Value {
    let (plan, log) = (plan.to_str().unwrap(), log.to_str().unwrap());
    let (code, out, error) = world.headgate(by, &["scan", "upload", "--plan", plan, log]);
    assert_eq!(code, 0, "{error}");
    assert!(error.contains("uploaded results of checkov as "), "{error}");
    serde_json::from_str(&out).unwrap()
}

fn rules(shown: &Value) -> Vec<&str> {
    let findings = shown["review"]["findings"].as_array().unwrap();
    let rules = findings.iter().map(|f| f["rule"].as_str().unwrap());
    rules.filter(|rule| rule.starts_with("scan.")).collect()
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn an_environment_asks_for_a_scan_by_somebody_else() {
    let world = World::new();
    let (plan, log) = files(&world);
    let mut proposal = Proposal::new(&world, "scanned");
    proposal.send(&world).ok();
    let shown = world.wait_status(&proposal.change, "needs_revision");
    assert_eq!(rules(&shown), ["scan.missing"]);

    // The proposer's own scan is shown, but does not count.
    let evidence = proposal.data["dossier"]["evidence"].clone();
    let mut revise = |revision: u32, scan: Value| {
        let mut all = evidence.as_array().unwrap().clone();
        all.push(scan);
        proposal.data["revision"] = revision.into();
        proposal.data["dossier"]["evidence"] = all.into();
        proposal.send(&world).ok();
        proposal.change.clone()
    };
    let change = revise(2, uploaded(&world, "terraform-bot", (&plan, &log)));
    let shown = world.wait_for("the review of revision 2", || {
        let shown = world.get("vic", &format!("/v1/changes/{change}")).body;
        (shown["change"]["revision"] == 2 && shown["review"].is_object()).then_some(shown)
    });
    assert_eq!(rules(&shown), ["scan.missing", "scan.checkov.CKV_AWS_999"]);

    let scan = uploaded(&world, "eve", (&plan, &log));
    assert!(scan["uri"].as_str().unwrap().contains("/uploads/scans/people/eve/"), "{scan}");
    let change = revise(3, scan);
    let shown = world.wait_for("the review of revision 3", || {
        let shown = world.get("vic", &format!("/v1/changes/{change}")).body;
        (shown["change"]["revision"] == 3 && shown["review"].is_object()).then_some(shown)
    });
    assert_eq!(rules(&shown), ["scan.checkov.CKV_AWS_999"]);
    assert_eq!(shown["review"]["verdict"], "pass", "{shown}");
    let findings = shown["review"]["findings"].as_array().unwrap();
    let scanned = findings.iter().find(|f| f["rule"] == "scan.checkov.CKV_AWS_999").unwrap();
    assert_eq!(scanned["resource"], "aws_sqs_queue.orders");

    // Its replay reads the scan again, with its uploader.
    let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/../terraform/environments/local/policies");
    let (code, out, error) =
        world.headgate("vic", &["review", "--replay", &change, "--policies", policies]);
    assert!(code == 0 && out.contains("the replay matches"), "{out}{error}");

    // What is no log is refused before it is sent.
    std::fs::write(&log, "{}").unwrap();
    let (plan, log) = (plan.to_str().unwrap(), log.to_str().unwrap());
    let (code, _, error) = world.headgate("eve", &["scan", "upload", "--plan", plan, log]);
    assert!(code == 2 && error.contains("only SARIF 2.1.0 is read"), "{error}");
}
