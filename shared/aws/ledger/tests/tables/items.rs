//! Stored items, as earlier builds wrote them. A committed item must stay readable, and mean the same.

use std::path::{Path, PathBuf};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::get_item::GetItemOutput;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use headgate_domain::approval::{Approval, Delegation, LostRoles};
use headgate_domain::engagement::Engagement;
use headgate_domain::figures::{Phase, Scorecard, Summary};
use headgate_domain::outcomes::Outcomes;
use headgate_domain::progress::Progress;
use headgate_domain::quarantine::{Entry, Group};
use headgate_domain::records::{ChangeHead, EnvironmentLock, PermitRecord, Revision};
use headgate_domain::standing::StandingRecord;
use headgate_domain::timeline;
use headgate_events::Versioned;
use headgate_ledger::{Key, Ledger, LedgerError, Marker};
use headgate_review::Report;
use headgate_suites::{Budget, CaseRecord, RunHead};
use serde_json::Value;

/// Reads a committed item through the ledger, as a function does, and returns it as this build writes it.
async fn read<T: Versioned>(body: &str, schema: Option<&str>) -> Result<Value, LedgerError> {
    let (body, schema) = (body.to_owned(), schema.map(str::to_owned));
    let found = mock!(Client::get_item).then_output(move || {
        let text = |t: &str| AttributeValue::S(t.to_owned());
        let item = GetItemOutput::builder()
            .item("pk", text("P"))
            .item("sk", text("S"))
            .item("version", AttributeValue::N("7".to_owned()))
            .item("body", text(&body));
        let schema = schema.clone().map(AttributeValue::N);
        schema.into_iter().fold(item, |item, n| item.item("schema", n)).build()
    });
    let ledger = Ledger::new(mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&found]), "t");
    let stored = ledger.get::<T>(&Key::named("P", "S")).await?.unwrap();
    assert_eq!(stored.version, 7);
    Ok(serde_json::to_value(stored.value).unwrap())
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/items")
}

async fn stays<T: Versioned>(name: &str) {
    // An older item is read as what is committed beside it: its converter must neither lose nor change anything.
    for version in 1..T::VERSION {
        let older =
            std::fs::read_to_string(folder().join(format!("{name}.v{version}.json"))).unwrap();
        let current = format!("{name}.v{}.json", T::VERSION);
        let current = std::fs::read_to_string(folder().join(current)).unwrap();
        let current: Value = serde_json::from_str(&current).unwrap();
        assert_eq!(read::<T>(&older, Some(&version.to_string())).await.unwrap(), current, "{name}");
    }
    for version in T::VERSION..=T::VERSION {
        let path = folder().join(format!("{name}.v{version}.json"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{}", path.display()));
        let committed: Value = serde_json::from_str(&text).unwrap();
        let named = version.to_string();
        let schemas = [Some(named.as_str()), None];
        for schema in schemas.into_iter().take(if version == 1 { 2 } else { 1 }) {
            let read = read::<T>(&text, schema).await.unwrap();
            // What this build adds has a default; nothing that was stored is lost or changed.
            for (member, value) in committed.as_object().unwrap() {
                assert_eq!(&read[member], value, "{name}: {member}");
            }
        }
    }
}

#[tokio::test]
async fn items_of_earlier_builds_are_read() {
    stays::<ChangeHead>("change").await;
    stays::<Revision>("revision").await;
    stays::<Approval>("approval").await;
    stays::<Delegation>("delegation").await;
    stays::<LostRoles>("lost-roles").await;
    stays::<PermitRecord>("permit").await;
    stays::<EnvironmentLock>("lock").await;
    stays::<Engagement>("engagement").await;
    stays::<StandingRecord>("standing").await;
    stays::<timeline::Head>("timeline-head").await;
    stays::<Entry>("quarantined").await;
    stays::<Group>("quarantine-group").await;
    stays::<Summary>("summary").await;
    stays::<Phase>("phase").await;
    stays::<Progress>("progress").await;
    stays::<Scorecard>("scorecard").await;
    stays::<Outcomes>("outcomes").await;
    stays::<Report>("review").await;
    stays::<RunHead>("run").await;
    stays::<CaseRecord>("case").await;
    stays::<Budget>("budget").await;
    stays::<Marker>("marker").await;
    stays::<timeline::Entry>("timeline-entry").await;
}

#[tokio::test]
async fn every_committed_item_is_among_them() {
    let mut found: Vec<_> = std::fs::read_dir(folder())
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    assert_eq!(found.len(), 25, "{found:?}");
}

#[tokio::test]
async fn an_item_of_a_newer_build_is_refused() {
    let text = std::fs::read_to_string(folder().join("phase.v1.json")).unwrap();
    for schema in ["2", "99", "x"] {
        let error = read::<Phase>(&text, Some(schema)).await.unwrap_err();
        assert!(matches!(error, LedgerError::NewerItem { .. }), "{error}");
        assert!(error.to_string().contains("deploy a newer build"), "{error}");
    }
}

#[tokio::test]
async fn an_item_that_is_no_such_item_is_corrupt() {
    let error = read::<Phase>("{\"count\": \"many\"}", None).await.unwrap_err();
    assert!(matches!(error, LedgerError::Corrupt { .. }), "{error}");
}
