//! The plan hash covers everything, and the effect hash covers effects and nothing else.

use crate::common;

use common::plans::{parse, plan};
use headgate_domain::plan::Plan;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Real plans, made by Terraform; the sources are beside them.
const REAL: [&str; 4] = [
    include_str!("../../../../../policies/tests/network-pass/plan.json"),
    include_str!("../../../../../policies/tests/lambda-fail/plan.json"),
    include_str!("../../../../../policies/tests/plan-fail/plan.json"),
    include_str!("../../../../../policies/tests/plan-pass/plan.json"),
];

/// The effect hash.
fn hash(value: &Value) -> String {
    parse(value).effect_hash().unwrap().to_string()
}

#[test]
fn time_order_and_explanations_are_no_effect() {
    let one = hash(&plan());
    for edit in [
        |v: &mut Value| v["timestamp"] = json!("2027-01-01T00:00:00Z"),
        |v: &mut Value| v["terraform_version"] = json!("1.11.5"),
        |v: &mut Value| v["format_version"] = json!("1.1"),
        |v: &mut Value| v["resource_changes"].as_array_mut().unwrap().reverse(),
        |v: &mut Value| v["resource_changes"][1]["action_reason"] = json!("replace_by_request"),
        |v: &mut Value| drop(v["resource_changes"].as_array_mut().unwrap().remove(2)),
        |v: &mut Value| v["resource_drift"] = json!(null),
        |v: &mut Value| v["variables"]["unused"]["value"] = json!("y"),
        |v: &mut Value| v["output_changes"]["old"] = json!({"actions": ["no-op"], "after": 1}),
        |v: &mut Value| v["checks"] = json!([{"status": "pass"}]),
    ] {
        let mut other = plan();
        edit(&mut other);
        assert_ne!(other, plan());
        assert_eq!(hash(&other), one, "{other}");
    }
}

#[test]
fn what_decides_the_effect_from_the_side_counts() {
    let one = hash(&plan());
    for edit in [
        |v: &mut Value| v["variables"]["region"]["value"] = json!("us-east-1"),
        |v: &mut Value| {
            v["configuration"]["provider_config"]["aws"]["expressions"]["profile"]["constant_value"] =
                json!("q");
        },
        |v: &mut Value| {
            v["configuration"]["root_module"]["resources"][0]["provisioners"][0]["expressions"]["command"]
                ["constant_value"] = json!("rm");
        },
        |v: &mut Value| v["action_invocations"][0]["config_values"]["payload"] = json!("q"),
        |v: &mut Value| v["deferred_changes"] = json!([]),
        |v: &mut Value| v["output_changes"]["url"]["after"] = json!("v"),
        |v: &mut Value| v["resource_changes"][3]["change"]["after"]["program"] = json!(["b"]),
        // Integers beyond 2^53 share a double with their neighbours.
        |v: &mut Value| {
            v["resource_changes"][0]["change"]["after"]["n"] = json!(9_007_199_254_740_992_u64);
        },
        |v: &mut Value| v["resource_changes"][1]["change"]["actions"] = json!(["create", "delete"]),
        |v: &mut Value| v["resource_changes"][2]["previous_address"] = json!("aws_sqs_queue.old"),
        |v: &mut Value| v["resource_changes"][2]["change"]["importing"] = json!({"id": "q"}),
        // The same object with another provider, and so in another region.
        |v: &mut Value| {
            v["configuration"]["root_module"]["resources"][0]["provider_config_key"] =
                json!("aws.us");
        },
        // A member that this build does not know.
        |v: &mut Value| v["resource_changes"][0]["change"]["novel"] = json!(true),
    ] {
        let mut other = plan();
        edit(&mut other);
        assert_ne!(hash(&other), one, "{other}");
    }
    // The source of a value that is known only after the apply.
    let mut later = plan();
    later["resource_changes"][0]["change"]["after_unknown"] = json!({"policy": true});
    let one = hash(&later);
    for edit in [
        |v: &mut Value| {
            v["configuration"]["root_module"]["resources"][0]["expressions"] =
                json!({"policy": {"references": ["aws_iam_role.admin.arn", "aws_iam_role.admin"]}});
        },
        |v: &mut Value| {
            v["configuration"]["root_module"]["module_calls"]["m"]["expressions"]["group"]["references"] =
                json!(["aws_security_group.z.id"]);
        },
        |v: &mut Value| v["variables"]["unused"]["value"] = json!("y"),
    ] {
        let mut other = later.clone();
        edit(&mut other);
        assert_ne!(hash(&other), one, "{other}");
    }
    // A plan does not show locals, so any variable could decide the value.
    let mut through = plan();
    through["configuration"]["provider_config"]["aws"]["expressions"]["region"]["references"] =
        json!(["local.region"]);
    let one = hash(&through);
    through["variables"]["unused"]["value"] = json!("y");
    assert_ne!(hash(&through), one);
}

/// JSON pointers to every scalar in a value.
fn scalars(value: &Value, at: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                scalars(value, &format!("{at}/{key}"), out);
            }
        }
        Value::Array(items) => {
            for (i, value) in items.iter().enumerate() {
                scalars(value, &format!("{at}/{i}"), out);
            }
        }
        _ => out.push(at.to_owned()),
    }
}

/// JSON pointers to the places where an edit of a real plan changes what the apply does.
fn effects(plan: &Value) -> Vec<String> {
    let mut out = Vec::new();
    for (i, change) in plan["resource_changes"].as_array().unwrap().iter().enumerate() {
        if change["change"]["actions"] != json!(["no-op"]) {
            scalars(change, &format!("/resource_changes/{i}"), &mut out);
        }
    }
    out.retain(|p| !p.ends_with("/action_reason") && !p.contains("/change/actions/"));
    assert!(out.len() > 10);
    out
}

fn other(value: &Value) -> Value {
    match value {
        Value::Null => json!("x"),
        Value::Bool(b) => json!(!b),
        Value::Number(n) => json!(n.as_f64().unwrap() + 1.0),
        Value::String(s) => json!(format!("{s}x")),
        other => other.clone(),
    }
}

/// The same document with the members of its objects and its list of changes in another order.
fn shuffled(plan: &Value, by: usize) -> String {
    let mut plan = plan.clone();
    let changes = plan["resource_changes"].as_array_mut().unwrap();
    let middle = by % changes.len();
    changes.rotate_left(middle);
    plan["timestamp"] = json!(format!("2026-11-02T09:30:{:02}Z", by % 60));
    let mut members: Vec<_> = plan.as_object().unwrap().iter().collect();
    let middle = by % members.len();
    members.rotate_left(middle);
    let members: Vec<_> = members.iter().map(|(k, v)| format!("{}:{v}", json!(k))).collect();
    format!("{{{}}}", members.join(","))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_single_change_of_effect_changes_the_hash(which in 0..REAL.len(), pick: prop::sample::Index) {
        let mut plan: Value = serde_json::from_str(REAL[which]).unwrap();
        let one = hash(&plan);
        let paths = effects(&plan);
        let path = &paths[pick.index(paths.len())];
        let value = plan.pointer_mut(path).unwrap();
        *value = other(value);
        // If the edited document is no longer a plan, it is refused, which is fine.
        if let Ok(read) = Plan::parse(plan.to_string().as_bytes()) {
            prop_assert_ne!(read.effect_hash().unwrap().to_string(), one, "{}", path);
        }
    }

    #[test]
    fn order_and_time_never_change_it(which in 0..REAL.len(), by in 0_usize..1_000) {
        let plan: Value = serde_json::from_str(REAL[which]).unwrap();
        let text = shuffled(&plan, by);
        prop_assert_eq!(Plan::parse(text.as_bytes()).unwrap().effect_hash().unwrap().to_string(), hash(&plan));
    }

    #[test]
    fn any_single_change_at_all_changes_the_plan_hash(which in 0..REAL.len(), pick: prop::sample::Index) {
        let mut plan: Value = serde_json::from_str(REAL[which]).unwrap();
        let one = parse(&plan).hash().clone();
        let mut paths = Vec::new();
        scalars(&plan, "", &mut paths);
        let path = &paths[pick.index(paths.len())];
        let value = plan.pointer_mut(path).unwrap();
        *value = other(value);
        if let Ok(read) = Plan::parse(plan.to_string().as_bytes()) {
            prop_assert_eq!(*read.hash() == one, path == "/timestamp", "{}", path);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Plan::parse(&bytes).is_err());
    }
}

#[test]
fn what_no_effect_names_is_in_the_plan_hash() {
    let one = parse(&plan()).hash().clone();
    for edit in [
        |v: &mut Value| v["checks"] = json!([{"status": "fail"}]),
        |v: &mut Value| {
            v["resource_drift"] =
                json!([{"address": "a.b", "type": "a", "change": {"actions": ["update"]}}])
        },
        |v: &mut Value| v["variables"]["unused"]["value"] = json!("y"),
        |v: &mut Value| v["terraform_version"] = json!("1.11.5"),
        |v: &mut Value| v["prior_state"] = json!({"values": {}}),
        |v: &mut Value| {
            v["configuration"]["root_module"]["module_calls"]["m"]["source"] = json!("./n")
        },
        |v: &mut Value| v["a_member_of_a_later_version"] = json!(true),
    ] {
        let mut other = plan();
        edit(&mut other);
        assert_ne!(*parse(&other).hash(), one, "{other}");
    }
    let mut later = plan();
    later["timestamp"] = json!("2027-01-01T00:00:00Z");
    assert_eq!(*parse(&later).hash(), one);
}
