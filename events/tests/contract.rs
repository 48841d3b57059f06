//! The wire contract: committed schemas and fixtures, CloudEvents conformance, conversions.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};

use cloudevents::AttributesReader as _;
use headgate_events::{Delivery, Fact, ParseError, versions};
use serde_json::{Value, json};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn fixture(kind: &str) -> Value {
    let path = folder("fixtures").join(format!("{kind}.json"));
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|_| panic!("{} is missing: write it by hand", path.display()));
    serde_json::from_str(&text).unwrap()
}

fn entry(kind: &str, detail: &Value) -> String {
    json!({
        "version": "0", "id": "e-1", "detail-type": kind, "source": "agent.terraform-bot",
        "account": "000000000000", "time": "2026-11-02T09:30:00Z", "region": "us-east-1",
        "resources": [], "detail": detail,
    })
    .to_string()
}

#[test]
fn committed_schemas_are_those_of_the_types() {
    let update = std::env::var_os("HEADGATE_UPDATE").is_some();
    for version in versions() {
        let path = folder("schemas").join(format!("{}.json", version.kind));
        let now = (version.schema)();
        if update && !path.exists() {
            std::fs::write(&path, format!("{:#}\n", sorted(&now))).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            serde_json::from_str::<Value>(&committed).ok() == Some(now),
            "the schema of {} changed or is not committed: a changed shape needs a new version \
             (see events/README.md); `cargo xtask schemas` writes the schema of a new version",
            version.kind
        );
    }
}

/// Sorts the members of objects, whatever features serde_json was built with.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: std::collections::BTreeMap<_, _> = members.iter().collect();
            members.into_iter().map(|(k, v)| (k.clone(), sorted(v))).collect()
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

#[test]
fn no_schema_or_fixture_without_its_version() {
    for kind in ["schemas", "fixtures"] {
        for file in std::fs::read_dir(folder(kind)).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            let stem = name.trim_end_matches(".json");
            assert!(versions().iter().any(|v| v.kind == stem), "{kind}/{name} has no version");
        }
    }
}

#[test]
fn fixtures_fit_their_schema_and_survive_a_round_trip() {
    for version in versions() {
        let fixture = fixture(version.kind);
        let validator = jsonschema::validator_for(&(version.schema)()).unwrap();
        if let Err(e) = validator.validate(&fixture) {
            panic!("{}: {e}", version.kind);
        }
        assert_eq!((version.canonical)(&fixture).unwrap(), fixture, "{}", version.kind);
    }
}

#[test]
fn fixtures_are_cloudevents_by_the_reference_sdk() {
    for version in versions() {
        let event: cloudevents::Event = serde_json::from_value(fixture(version.kind)).unwrap();
        assert_eq!(event.ty(), version.kind);
        assert_eq!(event.specversion(), cloudevents::event::SpecVersion::V10);
        assert!(event.extension("actorid").is_some());
    }
}

#[test]
fn every_version_is_read_by_a_consumer() {
    for version in versions() {
        let delivery = Delivery::parse(&entry(version.kind, &fixture(version.kind))).unwrap();
        assert_eq!(delivery.fact.kind(), version.kind);
        assert_eq!(delivery.sender, "agent.terraform-bot");
    }
}

#[test]
fn a_proposal_of_version_1_becomes_version_2_without_an_owner() {
    let one = Delivery::parse(&entry("change.proposed.v1", &fixture("change.proposed.v1")));
    let two = Delivery::parse(&entry("change.proposed.v2", &fixture("change.proposed.v2")));
    let (Fact::ChangeProposed(one), Fact::ChangeProposed(two)) =
        (one.unwrap().fact, two.unwrap().fact)
    else {
        panic!("both are proposals");
    };
    let owner = |e: &headgate_events::Event<headgate_events::latest::ChangeProposed>| {
        e.data.agent.as_ref().and_then(|a| a.human_owner.clone())
    };
    assert_eq!(owner(&one), None);
    assert_eq!(owner(&two), Some("dana".into()));
    assert_eq!(one.data.dossier, two.data.dossier);
}

#[test]
fn a_redrive_of_version_1_becomes_version_2() {
    use headgate_events::latest::{MessageRedriven, RedriveOutcome};
    let read = |kind: &str| -> MessageRedriven {
        match Delivery::parse(&entry(kind, &fixture(kind))).unwrap().fact {
            Fact::MessageRedriven(event) => event.data,
            other => panic!("{other:?}"),
        }
    };
    let (one, two) = (read("message.redriven.v1"), read("message.redriven.v2"));
    assert_eq!((one.outcome, one.redrive, one.run_id), (RedriveOutcome::Sent, 0, None));
    assert_eq!((one.quarantine_id, one.fingerprint), (two.quarantine_id, two.fingerprint));
}

#[test]
fn a_type_is_told_from_its_version() {
    use headgate_events::split_version;
    assert_eq!(split_version("change.proposed.v12"), ("change.proposed", Some("v12")));
    for odd in ["change.proposed", "change.proposed.v", "change.proposed.vx", "v1", ""] {
        assert_eq!(split_version(odd), (odd, None));
    }
}

/// While the fleet is updated, an old consumer meets what a new producer sends.
#[test]
fn only_the_fleet_can_be_ahead_of_a_build() {
    let code = |source: &str, kind: &str| {
        let body = json!({ "detail-type": kind, "source": source, "detail": {} }).to_string();
        Delivery::parse(&body).unwrap_err().code()
    };
    assert_eq!(code("headgate.intake", "change.accepted.v2"), "event_version_newer");
    assert_eq!(code("headgate.intake", "change.accepted.v4294967295"), "event_version_newer");
    // Anybody else, an older version, and what is no number: nothing will ever read these.
    assert_eq!(code("agent.terraform-bot", "change.proposed.v3"), "event_version_unknown");
    assert_eq!(code("headgate", "change.proposed.v3"), "event_version_unknown");
    for odd in ["v0", "v", "v4294967296", "v-1", "v2x"] {
        let code = code("headgate.intake", &format!("change.accepted.{odd}"));
        assert_eq!(code, "event_version_unknown", "{odd}");
    }
    assert_eq!(code("headgate.intake", "weather.changed.v2"), "event_type_unknown");
}

#[test]
fn what_is_not_an_event_says_why_and_quotes_nothing() {
    let proposed = "change.proposed.v2";
    let with = |path: &str, value: Value| {
        let mut detail = fixture(proposed);
        *detail.pointer_mut(path).unwrap() = value;
        Delivery::parse(&entry(proposed, &detail)).unwrap_err()
    };
    let cases: Vec<(ParseError, &str, &str)> = vec![
        (
            Delivery::parse("{").unwrap_err(),
            "body_malformed",
            "body is not an EventBridge event: line 1, column 1",
        ),
        (
            Delivery::parse(&"x".repeat(300 * 1024)).unwrap_err(),
            "body_oversized",
            "body of 307200 bytes is larger than the EventBridge limit of 256 KiB",
        ),
        (
            Delivery::parse(&entry("change.proposed.v9", &json!({}))).unwrap_err(),
            "event_version_unknown",
            "unknown version of `change.proposed`: `change.proposed.v9`",
        ),
        (
            Delivery::parse(&entry("weather.changed.v1", &json!({}))).unwrap_err(),
            "event_type_unknown",
            "unknown event type `weather.changed.v1`",
        ),
        (
            Delivery::parse(&entry("change.proposed.v1", &fixture(proposed))).unwrap_err(),
            "event_type_mismatch",
            "detail-type `change.proposed.v1` carries an event of type `change.proposed.v2`",
        ),
        (
            with("/data/revision", json!("hunter2")),
            "event_schema",
            "detail of `change.proposed.v2` is invalid at `data.revision`: expected u32",
        ),
        (
            with("/data/dossier/plan", json!({"uri": "hunter2"})),
            "event_schema",
            "detail of `change.proposed.v2` is invalid at `data.dossier.plan`: missing field `sha256`",
        ),
        (
            with("/subject", json!("x".repeat(257))),
            "event_envelope",
            "envelope of `change.proposed.v2` is not valid",
        ),
        (
            with("/specversion", json!("0.3")),
            "event_envelope",
            "envelope of `change.proposed.v2` is not valid",
        ),
    ];
    for (error, code, message) in cases {
        assert_eq!(error.code(), code);
        assert_eq!(error.to_string(), message);
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_the_parser_panic(body in "\\PC*") {
        proptest::prop_assert!(Delivery::parse(&body).is_err());
    }
}
