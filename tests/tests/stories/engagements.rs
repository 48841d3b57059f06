//! An engagement with scripted agents: through all phases, with everything that goes wrong on the way.

use std::collections::BTreeMap;

use headgate_e2e::{Approved, Engaged, Proposal, World};
use serde_json::json;

/// What `headgate engagement status` prints contains this.
#[track_caller]
fn status(engaged: &Engaged<'_>, wanted: &str) {
    let (code, printed, said) =
        engaged.world.headgate("vic", &["engagement", "status", &engaged.id]);
    assert!(code == 0 && printed.contains(wanted), "`{wanted}` is not in:\n{printed}{said}");
}

/// Reports a result that passes, and lets alice approve it.
fn through(engaged: &Engaged<'_>, phase: &str, attempt: u64, templates: &[&str]) {
    let result = engaged.result(phase, templates, "met");
    engaged.report(phase, attempt, &result).ok();
    engaged.wait("deciding", phase, attempt);
    status(engaged, "approvals missing: 1");
    engaged.vote("alice", "approve", "good").ok();
}

/// The task ledger, a message, and what the owner says afterwards.
fn written_down(engaged: &Engaged<'_>) {
    let (world, id) = (engaged.world, engaged.id.as_str());
    let says = |who: &str, args: &[&str], code: i32, wanted: &str| {
        let (found, printed, said) = world.headgate(who, args);
        let all = format!("{printed}{said}");
        assert!(found == code && all.contains(wanted), "{args:?}: {found}, {all}");
    };
    let note = ["engagement", "note", id, "blockers", "access", "No account yet."];
    says("pm-bot", &note, 0, "blockers/access: version 1");
    status(engaged, "- access: No account yet.");
    let mut gone = note.to_vec();
    gone.push("--closed");
    says("dana", &gone, 1, "entry_changed");
    gone.extend(["--follows", "1"]);
    says("dana", &gone, 0, "version 2");
    says("vic", &["engagement", "ledger", id], 0, "closed");
    says("dana", &["engagement", "message", id, "The demo is on Friday."], 0, "sent");
    says("vic", &["engagement", "messages", id], 0, "The demo is on Friday.");
    let answer = [
        "survey",
        "answer",
        id,
        "--result",
        "5",
        "--communication",
        "4",
        "--effort",
        "3",
        "--again",
    ];
    says("olga", &answer, 1, "owner_required");
    says("dana", &answer, 0, "yes");
    says("vic", &["survey", "show", id], 0, "communication");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn an_engagement_goes_through_all_phases_whatever_happens_on_the_way() {
    let world = World::new();
    let engaged =
        Engaged::begin(&world, "delivery-quick", &["No order is lost.", "p99 is under 100 ms."]);
    let id = engaged.id.as_str();

    // Discovery: a question that is answered after a reminder, and a result that people send back.
    engaged.wait("working", "discovery", 1);
    status(&engaged, "Discovery, attempt 1: agents work until ");
    let ask = json!({ "attempt": 1, "interrupt_id": "retention", "question": "How long are orders kept?", "options": ["7 days", "90 days"] });
    engaged.post("pm-bot", "phases/discovery/interrupts", &ask).ok();
    status(&engaged, "the agents wait for an answer");
    world.wait_for("the reminder", || {
        world.run_now("engagement-sweep");
        let entries = world.timeline(id).into_iter();
        entries.map(|e| e.event).find(|e| e["type"] == "interrupt.reminded.v1")
    });
    let (code, printed, said) = world.headgate(
        "dana",
        &["interrupt", "answer", id, "discovery", "--attempt", "1", "retention", "90 days"],
    );
    assert_eq!(code, 0, "{printed}{said}");
    let result = engaged.result("discovery", &["project_plan", "phase_summary"], "unverified");
    engaged.report("discovery", 1, &result).ok();
    engaged.wait("deciding", "discovery", 1);
    // People read what they decide on.
    let folder = std::env::temp_dir().join(id);
    let (code, printed, said) = world
        .headgate("alice", &["engagement", "deliverables", id, "--to", folder.to_str().unwrap()]);
    assert_eq!(code, 0, "{printed}{said}");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2, "{printed}");
    // The owner of an agent that worked on it has no vote. Neither has a program.
    engaged.vote("erin", "approve", "").refused(403, "separation_of_duties");
    engaged.vote("pm-bot", "approve", "").refused(403, "human_required");
    engaged.vote("alice", "revise", "Say what it costs.").ok();
    engaged.wait("working", "discovery", 2);
    status(&engaged, "- alice: Say what it costs.");
    through(&engaged, "discovery", 2, &["project_plan", "phase_summary"]);

    // Architecture: the review sends back what is incomplete; then an attempt fails, and is repeated.
    engaged.wait("working", "architecture", 1);
    let result =
        engaged.result("architecture", &["architecture_doc", "adr", "phase_summary"], "unverified");
    engaged.report("architecture", 1, &result).ok();
    engaged.wait("working", "architecture", 2);
    status(&engaged, "needs a deliverable of the template `security_review`");
    engaged
        .report(
            "architecture",
            2,
            &json!({ "result": "failed", "reason": "The repository is gone." }),
        )
        .ok();
    engaged.wait("working", "architecture", 3);
    let usage = json!({ "attempt": 3, "usage": { "agents": { "sa": { "tokens": 45000, "turns": 4, "longest_turn_seconds": 20 } },
        "handoffs": [{ "from": "sa", "to": "infra", "context_tokens": 2000 }] } });
    engaged.post("terraform-bot", "phases/architecture/usage", &usage).ok();
    through(
        &engaged,
        "architecture",
        3,
        &["architecture_doc", "adr", "security_review", "phase_summary"],
    );

    // Proof of concept: nobody reports in time.
    engaged.wait("working", "poc", 2);
    status(&engaged, "Proof of concept");
    through(&engaged, "poc", 2, &["test_plan", "phase_summary"]);

    // Production: three changes are applied.
    engaged.wait("working", "production", 1);
    let plan = world.upload("terraform-bot", headgate_e2e::PLAN.as_bytes());
    for _ in 0..3 {
        let approved = Approved::of(&world, Proposal::within(&world, id, "dev", &plan));
        let (permit, body) = approved.permit();
        world.use_permit("terraform-bot", &format!("{permit}/use"), &body).ok();
        approved.report(&permit, "succeeded");
        world.wait_status(&approved.proposal.change, "executed");
    }
    through(&engaged, "production", 1, &["test_plan", "security_review", "phase_summary"]);

    // The retrospective begins by itself, and nobody decides on it.
    engaged.wait("working", "handoff", 1);
    through(&engaged, "handoff", 1, &["phase_summary"]);
    engaged.wait("working", "retrospective", 1);
    let result = engaged.result("retrospective", &["phase_summary"], "met");
    engaged.report("retrospective", 1, &result).ok();
    engaged.wait("completed", "retrospective", 1);
    status(&engaged, "Completed.");
    written_down(&engaged);

    // Every event once, on a timeline that verifies.
    world.wait_event(id, "engagement.completed.v1");
    let wanted = BTreeMap::from(
        [
            ("engagement.completed", 1),
            ("engagement.messaged", 1),
            ("engagement.noted", 2),
            ("engagement.started", 1),
            ("engagement.surveyed", 1),
            ("interrupt.answered", 1),
            ("interrupt.raised", 1),
            ("interrupt.reminded", 1),
            ("phase.breached", 1),
            ("phase.completed", 6),
            ("phase.decided", 6),
            ("phase.failed", 2),
            ("phase.requested", 6),
            ("phase.reviewed", 8),
            ("phase.started", 10),
            ("phase.submitted", 8),
        ]
        .map(|(kind, count)| (kind.to_owned(), count)),
    );
    let mut counts = BTreeMap::new();
    world.wait_for("all events", || {
        counts = BTreeMap::new();
        for entry in world.timeline(id) {
            let kind = entry.event["type"].as_str().unwrap().split(".v").next().unwrap().to_owned();
            if ["engagement", "phase", "interrupt"].iter().any(|of| kind.starts_with(of)) {
                *counts.entry(kind).or_insert(0) += 1;
            }
        }
        (counts.values().sum::<i32>() >= wanted.values().sum()).then_some(())
    });
    assert_eq!(counts, wanted);
    // What it has taken, as the agents reported it.
    let metrics = world.get("vic", &format!("/v1/engagements/{id}/metrics")).ok();
    let work = &metrics["summary"]["work"];
    assert_eq!(
        (&work["discovery"]["questions"], &work["discovery"]["attempts"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(
        (&work["architecture"]["tokens"], &work["architecture"]["attempts"]),
        (&json!(45_000), &json!(3))
    );
    let (code, printed, said) = world.headgate("vic", &["engagement", "figures", id]);
    assert!(code == 0 && printed.contains("45000"), "{printed}{said}");
    let found = world.get("vic", &format!("/v1/engagements/{id}/deliverables")).ok();
    assert_eq!(found["results"].as_array().unwrap().len(), 8);
}

/// A statement of work that a person sends is what was agreed.
#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn an_engagement_begins_with_its_statement_of_work() {
    let world = World::new();
    let files = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/core/documents/tests/files");
    for name in ["statement.docx", "statement.pdf"] {
        let (id, document) = (world.id("eng"), format!("{files}/{name}"));
        let create = |goal: &[&str]| {
            let about =
                ["engagement", "create", &id, "--environment", "dev", "--document", &document];
            world.headgate("dana", &[&about[..], goal].concat())
        };
        let goal = ["--goal", "Orders survive a crash.", "--as-read"];
        let (code, printed, said) = create(&goal[..2]);
        assert!(
            code == 0 && printed.contains("- p99 is below 100 ms.") && said.contains("--as-read"),
            "{printed}{said}"
        );
        world.get("vic", &format!("/v1/engagements/{id}")).refused(404, "not_found");
        let (code, printed, said) = create(&goal);
        assert!(code == 0, "{printed}{said}");
        let (code, printed, said) = world.headgate("vic", &["engagement", "plan", &id]);
        assert!(code == 0, "{said}");
        for part in [
            "Orders survive a crash.",
            "- ac-2: p99 is below 100 ms.",
            "- The user interface.",
            "uploads/people/dana",
        ] {
            assert!(printed.contains(part), "{name}: `{part}` is not in {printed}");
        }
    }
    let (code, printed, said) = world.headgate(
        "dana",
        &[
            "engagement",
            "create",
            &world.id("eng"),
            "--environment",
            "dev",
            "--document",
            &format!("{files}/scan.pdf"),
        ],
    );
    assert!(code == 2 && said.contains("the document has no text"), "{printed}{said}");
    // Of nobody: it is missing, or somebody else's.
    let sha256 = "0".repeat(64);
    let missing = serde_json::json!({
        "uri": format!("s3://{}/uploads/people/dana/{sha256}", world.output("/artifact_bucket")), "sha256": sha256, "bytes": 1,
        "media_type": "text/plain",
    });
    let body = json!({
        "engagement_id": world.id("eng"), "goal": "a story", "environment": "dev", "document": missing,
    });
    world.post("dana", "/v1/engagements", &body).refused(400, "document_invalid");
}

/// Agents read what they have a part in. Of everything else they do not learn that it exists.
#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn an_agent_reads_what_it_has_a_part_in() {
    let world = World::new();
    let engaged = Engaged::begin(&world, "delivery-quick", &["No order is lost."]);
    let mine = engaged.id.as_str();
    let plan = world.upload("terraform-bot", headgate_e2e::PLAN.as_bytes());
    let in_mine = Proposal::within(&world, mine, "dev", &plan);
    in_mine.put(&world, 2);
    let of_others = Proposal::new(&world, "dev");
    of_others.put(&world, 2);
    for proposal in [&in_mine, &of_others] {
        world.wait_event(&proposal.engagement, "change.accepted.v1");
    }
    let ids = |who: &str, path: &str, list: &str, id: &str| -> Vec<String> {
        let page = world.get(who, path).ok();
        let entries = page[list].as_array().unwrap().iter();
        entries.map(|entry| entry[id].as_str().unwrap().to_owned()).collect()
    };
    let engagements =
        |who: &str| ids(who, "/v1/engagements?limit=100", "engagements", "engagement_id");
    world.wait_for("the list", || engagements("vic").contains(&of_others.engagement).then_some(()));
    assert!(engagements("pm-bot").contains(&engaged.id));
    assert!(!engagements("pm-bot").contains(&of_others.engagement));
    let changes = format!("/v1/changes?engagement={mine}");
    world.wait_for("the change", || {
        (ids("pm-bot", &changes, "changes", "change_id") == [in_mine.change.as_str()]).then_some(())
    });
    let (change, other) = (&of_others.change, &of_others.engagement);
    world.get("pm-bot", &format!("/v1/changes/{}", in_mine.change)).ok();
    for hidden in [
        format!("/v1/changes/{change}"),
        format!("/v1/changes/{change}/plan"),
        format!("/v1/changes/{change}/attestation"),
        format!("/v1/changes?engagement={other}"),
        format!("/v1/engagements/{other}"),
        format!("/v1/engagements/{other}/timeline"),
    ] {
        world.get("pm-bot", &hidden).refused(404, "not_found");
    }
    for (args, wanted) in [
        (&["engagement", "list"][..], mine),
        (&["change", "list", "--engagement", mine], in_mine.change.as_str()),
        (&["environments"], "dev"),
    ] {
        let (code, printed, said) = world.headgate("pm-bot", args);
        assert!(code == 0 && printed.contains(wanted), "{args:?}: {printed}{said}");
    }
}
