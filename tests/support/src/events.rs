//! Events as a queue delivers them.

use headgate_events::Delivery;
use serde_json::{Value, json};

/// A committed fixture, edited, as EventBridge puts it into a queue.
#[must_use]
pub fn delivery(kind: &str, source: &str, edit: impl FnOnce(&mut Value)) -> Delivery {
    let path = format!("{}/../../events/fixtures/{kind}.json", env!("CARGO_MANIFEST_DIR"));
    let mut detail = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    edit(&mut detail);
    let entry = json!({
        "detail-type": kind, "source": source, "account": "123456789012", "detail": detail,
    });
    Delivery::parse(&entry.to_string()).unwrap()
}
