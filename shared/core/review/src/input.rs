//! The input document of every rule: plan, change, environment, dossier, cost, standing.

use std::collections::{BTreeMap, BTreeSet};

use headgate_domain::plan::{Action, Instance, LocalFile, Plan, ResourceChange, Summary, normal};
use regorus::Value;
use serde_json::json;

use crate::evidence::searched;
use crate::ours::ours;
use crate::scans::Places;
use crate::subject::Subject;
use crate::texts::{self, Patterns};
use crate::values;

/// Builds the input. Resource changes appear three times (in order, by type and by block), but share their
/// memory. Consumes the plan piece by piece, so that there are never two complete copies of it.
pub(crate) fn build(
    subject: &Subject<'_>,
    mut plan: Plan,
    summary: &Summary,
    patterns: &Patterns,
) -> Value {
    let ours = Value::from(ours(&plan).into_iter().map(text).collect::<Vec<_>>());
    let texts = from(texts::find(patterns, subject, &plan));
    let local_files = local_files(subject, &plan);
    let scans = scans(subject, &plan);
    let values = from(json!(values::compared(subject.values, &plan)));
    let unread = subject.dossier.map(|dossier| searched(dossier).1).unwrap_or_default();
    let unread: Vec<_> = unread.iter().map(|artifact| text(&artifact.sha256)).collect();
    let mut changes = Vec::new();
    let mut by_type = Groups::default();
    let mut by_block = Groups::default();
    let mut reads = Groups::default();
    let mut touched = Groups::default();
    let mut by_action = Groups::default();
    let mut words = BTreeSet::new();
    for change in std::mem::take(&mut plan.resource_changes) {
        let block = change.block();
        let mut json = serde_json::to_value(&change).unwrap_or_default();
        json["block"] = block.clone().into();
        let address = normal(&change.address);
        let instance = Instance::of(&address);
        json["module"] = instance.module.into();
        json["key"] = instance.key.into();
        let value = Value::from(json);
        changes.push(value.clone());
        if change.mode == "data" {
            reads.add(&block, value);
        } else {
            by_type.add(&change.kind, value.clone());
            if writes(&change) {
                touched.add(&change.kind, value.clone());
            }
            let actions: BTreeSet<_> = change.change.actions.iter().map(|a| a.name()).collect();
            for action in &actions {
                by_action.add(action, value.clone());
            }
            if actions.iter().any(|action| !matches!(*action, "no-op" | "read" | "forget")) {
                let address = change.address.to_ascii_lowercase();
                let parts = address.split(|c: char| !c.is_ascii_alphanumeric());
                words.extend(parts.map(text));
            }
            by_block.add(&block, value);
        }
    }
    let config = serde_json::to_value(&plan.config).unwrap_or_default();
    let blocks = plan.config.blocks.iter().map(|block| {
        let value = serde_json::to_value(block).unwrap_or_default();
        (text(&block.address), Value::from(value))
    });
    let blocks = Value::from(blocks.collect::<BTreeMap<_, _>>());
    let plan = object([
        ("format_version", text(&plan.format_version)),
        ("terraform_version", text(&plan.terraform_version)),
        ("resource_changes", Value::from(changes)),
        ("by_action", by_action.into_value()),
        ("by_type", by_type.into_value()),
        ("touched", touched.into_value()),
        ("words", Value::from(words)),
        ("by_block", by_block.into_value()),
        ("reads", reads.into_value()),
        ("blocks", blocks),
        ("config", from(config)),
        ("resource_drift", drained(plan.resource_drift)),
        ("deferred_changes", drained(plan.deferred_changes)),
        ("action_invocations", drained(plan.action_invocations)),
        ("output_changes", from(plan.output_changes)),
        ("checks", drained(plan.checks)),
        ("local_files", local_files),
        ("ours", ours),
        ("summary", from(json!(summary))),
    ]);
    let environment = subject.environment;
    let freeze = environment.freeze(subject.now);
    object([
        ("plan", plan),
        ("texts", texts),
        ("scans", scans),
        ("values", values),
        ("unread_evidence", Value::from(unread)),
        (
            "change",
            from(json!({
                "id": subject.change.map(|change| change.change),
                "revision": subject.change.map(|change| change.revision),
                "environment": environment.name,
                "account": subject.place.map(|(account, _)| account),
                "region": subject.place.map(|(_, region)| region),
                "lane": subject.lane,
                "agent": subject.agent,
            })),
        ),
        (
            "environment",
            from(json!({
                "name": environment.name,
                "class": environment.class(),
                "account": known(&environment.account),
                "region": known(&environment.region),
                "monthly_cost_limit_cents": environment.monthly_cost_limit_cents,
                "freeze": freeze,
            })),
        ),
        ("dossier", from(json!(subject.dossier))),
        ("state", from(json!(subject.state))),
        ("cost", from(json!({ "estimated_cents": subject.estimated_cents }))),
        ("standing", from(json!(subject.lane_ceiling.map(|l| json!({ "lane_ceiling": l }))))),
    ])
}

/// The results of other scanners, at the addresses of the plan.
fn scans(subject: &Subject<'_>, plan: &Plan) -> Value {
    if subject.scans.is_empty() {
        return Value::from(Vec::<Value>::new());
    }
    let mut places = Places::of(&plan.config);
    let scans: Vec<_> = subject.scans.iter().map(|scan| scan.document(&mut places)).collect();
    from(serde_json::to_value(scans).unwrap_or_default())
}

/// Whether a plan writes a resource that exists afterwards. An imported resource is checked like a new one.
fn writes(change: &ResourceChange) -> bool {
    let written = change.does(Action::Create) || change.does(Action::Update);
    change.change.after.is_object() && (written || change.change.importing.is_object())
}

/// The local files that the plan refers to, and whether the dossier names them.
fn local_files(subject: &Subject<'_>, plan: &Plan) -> Value {
    let one = |file: LocalFile| {
        let named = subject.files.is_some_and(|files| files.names(&file.path));
        let mut json = json!(file);
        json["named"] = named.into();
        from(json)
    };
    Value::from(plan.local_files().into_iter().map(one).collect::<Vec<_>>())
}

#[derive(Default)]
struct Groups(BTreeMap<Value, Vec<Value>>);

impl Groups {
    fn add(&mut self, key: &str, value: Value) {
        self.0.entry(text(key)).or_default().push(value);
    }

    fn into_value(self) -> Value {
        let lists = self.0.into_iter().map(|(key, list)| (key, Value::from(list)));
        Value::from(lists.collect::<BTreeMap<_, _>>())
    }
}

/// A profile without a deployment is not bound to an account or region.
fn known(place: &str) -> Option<&str> {
    (!place.is_empty()).then_some(place)
}

/// A list whose elements are converted and dropped one by one.
fn drained<T: serde::Serialize>(list: Vec<T>) -> Value {
    let one = |element: T| from(serde_json::to_value(&element).unwrap_or_default());
    Value::from(list.into_iter().map(one).collect::<Vec<_>>())
}

fn text(text: &str) -> Value {
    Value::from(text)
}

fn from(json: serde_json::Value) -> Value {
    Value::from(json)
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let members = members.into_iter().map(|(key, value)| (text(key), value));
    Value::from(members.collect::<BTreeMap<_, _>>())
}
