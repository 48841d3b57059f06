//! The transparency log: what was decided can be proven, and a history that somebody rewrote is found by somebody who has only the public key
//! and an old checkpoint.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use headgate_domain::timeline::{Entry, Head};
use headgate_e2e::{Approved, World};
use serde_json::{Value, json};

/// A folder of this story's own.
fn folder(world: &World) -> PathBuf {
    let folder = std::env::temp_dir().join(world.id("record"));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Waits until the newest entry of a timeline has a receipt.
fn logged(world: &World, engagement: &str) -> Vec<Entry> {
    world.run_now("transparency-log");
    world.wait_long_for("the receipt", || {
        let entries = world.timeline(engagement);
        let path = format!("/v1/engagements/{engagement}/timeline/{}/receipt", entries.len());
        match world.get("vic", &path) {
            answer if answer.status == 409 => {
                answer.refused(409, "not_logged_yet");
                world.run_now("transparency-log");
                None
            }
            answer => answer.ok().is_object().then_some(entries),
        }
    })
}

/// A change with its permit, on a timeline of its own.
fn permitted(world: &World) -> String {
    let approved = Approved::new(world, "dev");
    drop(approved.permit());
    let engagement = approved.proposal.engagement;
    world.wait_event(&engagement, "permit.issued.v1");
    engagement
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn what_was_decided_can_be_proven_offline() {
    let world = World::new();
    let engagement = permitted(&world);
    let entries = logged(&world, &engagement);
    let folder = folder(&world);
    let file = folder.join("receipt.json");
    let file = file.to_str().unwrap();
    let kinds = ["approval.decided.v2", "permit.issued.v1"];
    for entry in entries.iter().filter(|e| kinds.iter().any(|kind| e.event["type"] == *kind)) {
        let seq = entry.seq.to_string();
        let args = ["timeline", "receipt", &engagement, &seq, "--out", file];
        let (code, _, said) = world.headgate("vic", &args);
        assert_eq!(code, 0, "{said}");
        // Offline: there is no API at this address, and no token.
        let verify = || {
            let mut command = world.command("nobody", &["verify", file]);
            command.env("HEADGATE_API", "http://127.0.0.1:9");
            let output = command.output().unwrap();
            (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
        };
        assert_eq!(verify(), (0, String::new()));
        let text = std::fs::read_to_string(file).unwrap();
        std::fs::write(
            file,
            text.replace("\"approved\"", "\"rejected\"")
                .replace("000000000000\"", "111111111111\""),
        )
        .unwrap();
        let (code, said) = verify();
        assert!(code != 0 && said.contains("it was changed"), "{code} {said}");
    }
    let (code, said, _) = world.headgate("vic", &["log", "show"]);
    assert!(code == 0 && said.starts_with("headgate.local/local+"), "{said}");
    world
        .get("vic", &format!("/v1/engagements/{engagement}/timeline/999/receipt"))
        .refused(404, "not_found");
    std::fs::remove_dir_all(folder).unwrap();
}

/// Tools that know nothing of Headgate verify the decision: the libraries of in-toto and securesystemslib.
#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn others_verify_the_decision() {
    let world = World::new();
    let approved = Approved::new(&world, "dev");
    let change = &approved.proposal.change;
    let folder = folder(&world);
    let (envelope, keys) = (folder.join("envelope.json"), folder.join("keys.json"));
    let args = ["change", "attestation", change, "--out", envelope.to_str().unwrap()];
    let (code, _, said) = world.headgate("vic", &args);
    assert_eq!(code, 0, "{said}");
    std::fs::write(&keys, world.get("vic", "/v1/keys").ok().to_string()).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/verify/attestation.py");
    let verify = || {
        let mut python = world.verifier();
        let output = python.arg(script).args([&envelope, &keys]).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.success(), text(output.stdout), text(output.stderr))
    };
    let (verified, statement, said) = verify();
    assert!(verified, "{said}");
    let statement: Value = serde_json::from_str(&statement).unwrap();
    let shown = world.get("vic", &format!("/v1/changes/{change}")).ok();
    let predicate = &statement["predicate"];
    assert_eq!(predicate["change_id"], *change);
    assert_eq!(statement["predicateType"], "urn:headgate:attestation:approval:v1");
    assert_eq!(predicate["content_hash"], shown["change"]["content_hash"]);
    assert_eq!(
        statement["subject"][0]["digest"]["sha256"],
        shown["proposed"]["dossier"]["plan"]["sha256"]
    );

    // Another statement with the same signature.
    let text = std::fs::read_to_string(&envelope).unwrap();
    let mut other: Value = serde_json::from_str(&text).unwrap();
    let payload = STANDARD.decode(other["payload"].as_str().unwrap()).unwrap();
    let payload = String::from_utf8(payload).unwrap().replace("\"dev\"", "\"prod\"");
    other["payload"] = json!(STANDARD.encode(payload));
    std::fs::write(&envelope, other.to_string()).unwrap();
    let (verified, _, said) = verify();
    assert!(!verified && said.contains("VerificationError"), "{said}");
    std::fs::remove_dir_all(folder).unwrap();

    let open = headgate_e2e::Proposal::new(&world, "local");
    open.send(&world).ok();
    world.wait_status(&open.change, "awaiting_decision");
    world
        .get("vic", &format!("/v1/changes/{}/attestation", open.change))
        .refused(409, "not_approved");
    world.close(&open.change);
}

/// Writes a timeline as its entries are, with a chain of hashes that is whole, as somebody can who writes the ledger.
fn write(world: &World, engagement: &str, entries: &[Entry]) {
    let pk = format!("TIMELINE#{engagement}");
    for entry in entries {
        let sk = format!("ENTRY#{:012}", entry.seq);
        world.rewrite("/tables/ledger", (&pk, &sk), &|_| serde_json::to_string(entry).unwrap());
    }
    let last = entries.last().unwrap();
    world.rewrite("/tables/ledger", (&pk, "HEAD"), &|body| {
        let mut head: Value = serde_json::from_str(body).unwrap();
        head["hash"] = json!(last.hash);
        head.to_string()
    });
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_history_that_somebody_rewrote_is_found_and_named() {
    let world = World::new();
    let engagement = permitted(&world);
    let entries = logged(&world, &engagement);
    let folder = folder(&world);
    let known = folder.join("known");
    let known = known.to_str().unwrap();
    let verify = |more: &[&str]| {
        let args = [&["timeline", "verify", &engagement], more].concat();
        let (code, said, error) = world.headgate("vic", &args);
        (code, format!("{said}{error}"))
    };
    let (code, said) = verify(&["--save", known]);
    assert!(code == 0 && said.contains("in the transparency log as they are here"), "{said}");
    assert!(said.contains("no checkpoint from before was given"), "{said}");
    let (code, said) = verify(&["--known", known]);
    assert!(code == 0 && !said.contains("no checkpoint"), "{said}");

    // Somebody changes who decided, and computes every hash again: the API and the chain say that all is well.
    let mut forged = Vec::new();
    let mut head = Head::default();
    for entry in &entries {
        let mut event = entry.event.clone();
        if event["type"] == "approval.decided.v2" {
            event["data"]["decided_by"] = json!("mallory");
            event["actorid"] = json!("mallory");
        }
        let next = head.append(&entry.engagement_id, event, entry.sender.clone()).unwrap();
        head = Head { seq: next.seq, hash: next.hash.clone() };
        forged.push(next);
    }
    write(&world, &engagement, &forged);
    assert_eq!(world.timeline(&engagement).last().unwrap().hash, head.hash, "the chain is whole");
    let seq = entries.iter().find(|e| e.event["type"] == "approval.decided.v2").unwrap().seq;
    let (code, said) = verify(&["--known", known]);
    let named =
        format!("entry {seq} of the timeline is not the one in the log: history was rewritten");
    assert!(code != 0 && said.contains(&named), "{code} {said}");
    write(&world, &engagement, &entries);

    // The same without the API: an export, and a copy of the log in a folder, from which somebody removed the end.
    let (_, export, _) = world.headgate("vic", &["timeline", "export", &engagement]);
    let exported = folder.join("timeline.ndjson");
    std::fs::write(&exported, export).unwrap();
    let offline = |log: &str| {
        let entries = exported.to_str().unwrap();
        let mut command = world.command(
            "nobody",
            &[
                "timeline",
                "verify",
                &engagement,
                "--entries",
                entries,
                "--log",
                log,
                "--known",
                known,
            ],
        );
        let output = command.env("HEADGATE_API", "http://127.0.0.1:9").output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let copy = copied(&world, &folder);
    assert_eq!(offline(copy.to_str().unwrap()), (0, String::new()));
    let first =
        std::fs::read_dir(copy.join("tile/entries")).unwrap().next().unwrap().unwrap().path();
    let some =
        first.is_dir().then(|| std::fs::read_dir(&first).unwrap().next().unwrap().unwrap().path());
    let some = some.unwrap_or(first);
    let mut bytes = std::fs::read(&some).unwrap();
    let at = bytes.len() / 2;
    bytes[at] = if bytes[at] == b'0' { b'1' } else { b'0' };
    std::fs::write(&some, bytes).unwrap();
    let (code, said) = offline(copy.to_str().unwrap());
    assert_ne!(code, 0, "{said}");
    std::fs::remove_dir_all(folder).unwrap();
}

/// Copies what the newest checkpoint covers, as `aws s3 sync` does.
fn copied(world: &World, folder: &std::path::Path) -> PathBuf {
    let copy = folder.join("log");
    let s3 = world.s3();
    let bucket = world.output("/log_bucket");
    let read = |key: &str| {
        let ask = s3.get_object().bucket(&bucket).key(key);
        world.block_on(async { ask.send().await.unwrap().body.collect().await.unwrap().to_vec() })
    };
    let checkpoint = read("checkpoint");
    let size: u64 =
        std::str::from_utf8(&checkpoint).unwrap().lines().nth(1).unwrap().parse().unwrap();
    let leaves = headgate_log::tiles::Tile::of(headgate_log::tiles::Kind::Leaves, 0, size);
    for path in leaves.map(|tile| tile.path()) {
        let to = copy.join(&path);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, read(&path)).unwrap();
    }
    std::fs::write(copy.join("checkpoint"), checkpoint).unwrap();
    copy
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn what_was_signed_cannot_be_deleted() {
    let world = World::new();
    let engagement = permitted(&world);
    logged(&world, &engagement);
    let (s3, bucket) = (world.s3(), world.output("/log_bucket"));
    let versions = world.block_on(s3.list_object_versions().bucket(&bucket).send()).unwrap();
    assert!(!versions.versions().is_empty());
    let kinds = ["checkpoint", "tile/0/", "tile/entries/"];
    for kind in kinds {
        let version =
            versions.versions().iter().find(|v| v.key().unwrap().starts_with(kind)).unwrap();
        let delete = s3.delete_object().bucket(&bucket).key(version.key().unwrap());
        let refused = world.block_on(delete.version_id(version.version_id().unwrap()).send());
        let refused = refused.unwrap_err();
        let code = aws_sdk_s3::error::ProvideErrorMetadata::code(&refused);
        assert_eq!(code, Some("AccessDenied"), "{kind}: {refused:?}");
    }
}
