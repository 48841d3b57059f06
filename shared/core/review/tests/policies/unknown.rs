//! Unknown is not innocent: each argument of each resource that has a fault is made unknown, and the resource must have a fault still.

use crate::common;

use std::collections::{BTreeMap, BTreeSet};

use common::{Case, bundle, cases, root};
use headgate_events::{Finding, Severity};
use headgate_review::Bundle;
use serde_json::{Map, Value, json};

/// Where unknown values come from: nobody sees before the apply what it puts out.
const HIDDEN: &str = "terraform_data.hidden";

/// Rules by address, as far as they send a change back.
type Faults = BTreeMap<String, BTreeSet<String>>;

fn faults(findings: &[Finding]) -> Faults {
    let mut faults = Faults::new();
    for f in findings.iter().filter(|f| f.severity >= Severity::Error) {
        faults.entry(f.resource.clone()).or_default().insert(f.rule.clone());
    }
    faults
}

/// Arguments of each block, in the root module and below it.
fn arguments(module: &Value, prefix: &str, out: &mut BTreeMap<String, Vec<String>>) {
    for resource in module["resources"].as_array().into_iter().flatten() {
        let address = format!("{prefix}{}", resource["address"].as_str().unwrap());
        let names = resource["expressions"].as_object().into_iter().flatten();
        out.insert(address, names.map(|(name, _)| name.clone()).collect());
    }
    for (name, call) in module["module_calls"].as_object().into_iter().flatten() {
        arguments(&call["module"], &format!("{prefix}module.{name}."), out);
    }
}

/// Lets the argument `at` of each block depend on the hidden value.
fn hide(module: &mut Value, at: usize) {
    for resource in module["resources"].as_array_mut().into_iter().flatten() {
        let mut expressions = resource["expressions"].as_object_mut().into_iter().flatten();
        if let Some((_, expression)) = expressions.nth(at) {
            *expression = json!({ "references": [format!("{HIDDEN}.output"), HIDDEN] });
        }
    }
    for (_, call) in module["module_calls"].as_object_mut().into_iter().flatten() {
        hide(&mut call["module"], at);
    }
}

/// The address without instance keys. No case has a key with a bracket.
fn block(address: &str) -> String {
    let parts = address.split('[').enumerate();
    parts.map(|(i, part)| if i == 0 { part } else { part.split_once(']').unwrap().1 }).collect()
}

/// The plan with the argument `at` of each resource unknown; and which argument that is, by address.
fn mutated(plan: &Value, at: usize) -> (Value, BTreeMap<String, String>) {
    let mut names = BTreeMap::new();
    arguments(&plan["configuration"]["root_module"], "", &mut names);
    let (mut plan, mut hidden) = (plan.clone(), BTreeMap::new());
    for change in plan["resource_changes"].as_array_mut().unwrap() {
        let address = change["address"].as_str().unwrap().to_owned();
        let name = names.get(&block(&address)).and_then(|names| names.get(at));
        let change = &mut change["change"];
        if let (Some(name), true) = (name, change["after"].is_object()) {
            change["after"].as_object_mut().unwrap().remove(name);
            let mut unknown = change["after_unknown"].as_object().cloned().unwrap_or_default();
            unknown.insert(name.clone(), true.into());
            change["after_unknown"] = unknown.into();
            hidden.insert(address, name.clone());
        }
    }
    let root = &mut plan["configuration"]["root_module"];
    hide(root, at);
    let source = json!({
        "address": HIDDEN, "mode": "managed", "type": "terraform_data", "name": "hidden",
        "provider_config_key": "terraform", "expressions": { "input": { "references": ["var.x"] } },
    });
    let resources = root.as_object_mut().unwrap().entry("resources").or_insert(json!([]));
    resources.as_array_mut().unwrap().push(source);
    (plan, hidden)
}

fn passes(bundle: &Bundle, case: &Case) -> BTreeSet<String> {
    let known = faults(&case.review(bundle).findings);
    let plan: Value = serde_json::from_slice(&case.plan).unwrap();
    let types: Map<String, Value> = plan["resource_changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (c["address"].as_str().unwrap().to_owned(), c["type"].clone()))
        .collect();
    let mut out = BTreeSet::new();
    for at in 0.. {
        let (plan, hidden) = mutated(&plan, at);
        if hidden.is_empty() {
            return out;
        }
        let now = faults(&case.review_plan(bundle, plan.to_string().as_bytes()).findings);
        let none = BTreeSet::new();
        for (address, name) in hidden {
            let (before, after) =
                (known.get(&address).unwrap_or(&none), now.get(&address).unwrap_or(&none));
            if after.is_subset(before) {
                let gone = before.difference(after);
                out.extend(
                    gone.map(|rule| {
                        format!("{rule} {} {name}\n", types[&address].as_str().unwrap())
                    }),
                );
            }
        }
    }
    out
}

#[test]
fn no_fault_disappears_behind_a_value_that_nobody_sees() {
    let bundle = bundle();
    let failing = cases().into_iter().filter(|case| case.name.ends_with("-fail") && case.is_made());
    let found: BTreeSet<_> = failing.flat_map(|case| passes(&bundle, &case)).collect();
    let found: String = found.into_iter().collect();
    let golden = root().join("unknown-passes.txt");
    if std::env::var_os("HEADGATE_UPDATE").is_some() {
        std::fs::write(&golden, &found).unwrap();
    }
    let known = std::fs::read_to_string(&golden).unwrap_or_default();
    assert_eq!(found, known, "a fault disappears when its value is only known after the apply");
}
