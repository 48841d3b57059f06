//! Reading plans: every format, every kind of wrong file, and a hash that covers effects and nothing else.
#![allow(clippy::unwrap_used)]

use headgate_domain::plan::{Plan, PlanError};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Real plans, made by Terraform; the sources are beside them.
const REAL: [&str; 4] = [
    include_str!("../../../../policies/tests/network-pass/plan.json"),
    include_str!("../../../../policies/tests/lambda-fail/plan.json"),
    include_str!("../../../../policies/tests/plan-fail/plan.json"),
    include_str!("../../../../policies/tests/plan-pass/plan.json"),
];

fn plan() -> Value {
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {},
        "timestamp": "2026-11-02T09:30:00Z",
        "variables": {"region": {"value": "eu-west-1"}, "unused": {"value": "x"}},
        "resource_changes": [
            {"address": "aws_sqs_queue.b", "mode": "managed", "type": "aws_sqs_queue", "name": "b",
             "change": {"actions": ["create"], "before": null, "after": {"name": "b", "n": 9_007_199_254_740_993_u64}}},
            {"address": "aws_sqs_queue.a", "mode": "managed", "type": "aws_sqs_queue", "name": "a",
             "action_reason": "replace_because_cannot_update",
             "change": {"actions": ["delete", "create"], "before": {}, "after": {"name": "a"}}},
            {"address": "aws_sqs_queue.c", "mode": "managed", "type": "aws_sqs_queue", "name": "c",
             "change": {"actions": ["no-op"], "before": {}, "after": {}}},
            {"address": "data.external.d", "mode": "data", "type": "external", "name": "d",
             "change": {"actions": ["read"], "before": null, "after": {"program": ["a"]}}}
        ],
        "resource_drift": [],
        "output_changes": {"url": {"actions": ["create"], "after": "u"}, "old": {"actions": ["no-op"]}},
        "deferred_changes": [{"reason": "provider_config_unknown", "resource_change": {"address": "x.y"}}],
        "action_invocations": [{"address": "action.aws_lambda_invoke.x", "config_values": {"payload": "p"}}],
        "configuration": {
            "provider_config": {"aws": {"name": "aws", "full_name": "registry/aws", "expressions": {
                "region": {"references": ["var.region"]}, "profile": {"constant_value": "p"}}}},
            "root_module": {
                "resources": [{"address": "aws_sqs_queue.b", "mode": "managed", "type": "aws_sqs_queue",
                    "provisioners": [{"type": "local-exec", "expressions": {"command": {"constant_value": "make"}}}]}],
                "module_calls": {"m": {"source": "./m", "expressions": {"group": {"references": ["aws_security_group.y.id", "aws_security_group.y"]}},
                    "module": {"resources": [
                        {"address": "aws_lb.x", "mode": "managed", "type": "aws_lb",
                         "expressions": {"security_groups": {"references": ["var.group"]}}}
                ]}}}}
        }
    })
}

fn parse(value: &Value) -> Plan {
    Plan::parse(value.to_string().as_bytes()).unwrap()
}

/// The effect hash.
fn hash(value: &Value) -> String {
    parse(value).effect_hash().unwrap().to_string()
}

#[test]
fn a_plan_is_summed_up_and_flattened() {
    let plan = parse(&plan());
    let sum = plan.summary();
    assert_eq!((sum.create, sum.update, sum.replace, sum.delete), (1, 0, 1, 0));
    assert!(sum.is_destructive());
    assert_eq!(plan.summary_by_type().keys().collect::<Vec<_>>(), ["aws_sqs_queue"]);
    let balancer = plan.config.blocks.iter().find(|b| b.kind == "aws_lb").unwrap();
    assert_eq!(balancer.address, "module.m.aws_lb.x");
    // A module's input is followed to the block that it comes from.
    assert_eq!(balancer.references["security_groups"], ["aws_security_group.y"]);
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

/// The paths of all values that are not objects or lists.
fn leaves(value: &Value, path: String, into: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                leaves(
                    member,
                    format!("{path}/{}", name.replace('~', "~0").replace('/', "~1")),
                    into,
                );
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                leaves(item, format!("{path}/{index}"), into);
            }
        }
        _ => into.push(path),
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
        leaves(&plan, String::new(), &mut paths);
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

#[test]
fn local_files_of_a_plan_are_found() {
    let mut plan = plan();
    let resource = |address: &str, kind: &str, actions: Value, after: Value| {
        json!({"address": address, "mode": "managed", "type": kind, "name": "x",
               "change": {"actions": actions, "before": null, "after": after}})
    };
    plan["resource_changes"] = json!([
        resource(
            "aws_lambda_function.f",
            "aws_lambda_function",
            json!(["create"]),
            json!({"filename": "build/f.zip"})
        ),
        resource(
            "aws_lambda_function.g",
            "aws_lambda_function",
            json!(["create"]),
            json!({"filename": null})
        ),
        resource(
            "aws_lambda_function.h",
            "aws_lambda_function",
            json!(["no-op"]),
            json!({"filename": "h.zip"})
        ),
        resource(
            "aws_s3_object.o",
            "aws_s3_object",
            json!(["update"]),
            json!({"source": "../site/index.html"})
        ),
        resource("aws_s3_bucket.b", "aws_s3_bucket", json!(["create"]), json!({"source": "none"})),
        resource(
            "helm_release.a",
            "helm_release",
            json!(["create"]),
            json!({"chart": "./charts/a"})
        ),
        resource(
            "helm_release.b",
            "helm_release",
            json!(["create"]),
            json!({"chart": "ingress-nginx"})
        ),
    ]);
    plan["resource_changes"][1]["change"]["after_unknown"] = json!({"filename": true});
    plan["configuration"]["root_module"]["resources"][0]["provisioners"] = json!([
        {"type": "file", "expressions": {"source": {"constant_value": "conf/app.toml"}}},
        {"type": "remote-exec", "expressions": {"scripts": {"constant_value": ["a.sh", "b.sh"]}}},
        {"type": "local-exec", "expressions": {"command": {"constant_value": "./c.sh"}}},
    ]);
    let files = parse(&plan).local_files();
    let found: Vec<_> =
        files.iter().map(|f| format!("{} {} {}", f.address, f.attribute, f.path)).collect();
    assert_eq!(
        found,
        [
            "aws_lambda_function.f filename build/f.zip",
            "aws_lambda_function.g filename (known after the apply)",
            "aws_s3_object.o source ../site/index.html",
            "aws_sqs_queue.b scripts a.sh",
            "aws_sqs_queue.b scripts b.sh",
            "aws_sqs_queue.b source conf/app.toml",
            "helm_release.a chart ./charts/a",
        ]
    );
}

#[test]
fn every_format_since_0_1_is_read() {
    for version in ["0.1", "0.2", "1.0", "1.1", "1.2"] {
        let mut plan = plan();
        plan["format_version"] = json!(version);
        assert_eq!(parse(&plan).format_version, version);
    }
    // As Terraform 0.13 wrote it: fewer fields, and some of them null.
    let old = json!({
        "format_version": "0.1", "terraform_version": "0.13.7",
        "planned_values": {"root_module": {}},
        "resource_changes": [{"address": "null_resource.x", "mode": "managed", "type": "null_resource",
            "name": "x", "provider_name": "registry.terraform.io/hashicorp/null",
            "change": {"actions": ["create"], "before": null, "after": {"triggers": null},
                       "after_unknown": {"id": true}}}],
        "configuration": {"root_module": {"resources": [{"address": "null_resource.x", "mode": "managed",
            "type": "null_resource", "name": "x", "provider_config_key": "null", "schema_version": 0}]}}
    });
    assert_eq!(parse(&old).summary().create, 1);
    // A plan without changes may omit everything else.
    let nothing = json!({"format_version": "1.2", "planned_values": {"root_module": {}}});
    assert_eq!(parse(&nothing).summary().total(), 0);
    // A byte order mark is not part of the text.
    let marked = format!("\u{feff}{nothing}");
    assert!(Plan::parse(marked.as_bytes()).is_ok());
}

#[test]
fn what_is_not_a_plan_is_refused_with_a_hint() {
    let said = |bytes: &[u8]| Plan::parse(bytes).unwrap_err().to_string();
    let something_else = |what: &str| {
        format!(
            "this is {what}, not a plan in JSON; run `terraform show -json PLANFILE` on a saved plan"
        )
    };
    for (bytes, what) in [
        (&b"PK\x03\x04rest"[..], "the binary plan file"),
        (b"\xff\xfe{\0", "UTF-16 text (as PowerShell writes it; save it as UTF-8)"),
        (br#"{"format_version":"1.0","values":{}}"#, "a state"),
        (br#"{"version":4,"lineage":"x"}"#, "a state file"),
        (br#"{"a":1}"#, "JSON without a format_version"),
        (br#"{"format_version":"1.0"}"#, "JSON without planned values or resource changes"),
        (br#"{"format_version":"1.0","provider_schemas":{}}"#, "a provider schema"),
    ] {
        assert_eq!(said(bytes), something_else(what));
    }
    for version in ["2.0", "1.3", "0.3", "1", "", "1.2.0"] {
        let plan = json!({"format_version": version, "planned_values": {}});
        assert_eq!(
            said(plan.to_string().as_bytes()),
            format!(
                "plan format {version} is unknown; this build reads 0.1, 0.2, 1.0, 1.1 and 1.2"
            )
        );
    }
    assert!(said(b"").contains("line 1, column 0: EOF while parsing"));
    assert!(said(b"[1]").starts_with("not the output of `terraform show -json PLANFILE` (line 1"));
    let broken = br#"{"format_version":"1.2","planned_values":{},"errored":true}"#;
    assert!(matches!(Plan::parse(broken), Err(PlanError::Errored)));
    let mut novel = plan();
    novel["resource_changes"][0]["change"]["actions"] = json!(["annihilate"]);
    assert!(said(novel.to_string().as_bytes()).contains("unknown variant `annihilate`"));
    let mut twice = plan();
    let again = twice["resource_changes"][0].clone();
    twice["resource_changes"].as_array_mut().unwrap().push(again);
    assert!(said(twice.to_string().as_bytes()).starts_with("aws_sqs_queue.b is changed twice"));
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(
        said(format!(r#"{{"format_version":"1.2","output_changes":{deep}}}"#).as_bytes())
            .contains("recursion limit")
    );
}

#[test]
fn many_ways_to_one_place_take_no_time() {
    // Eleven modules; each input depends on ten outputs of the next: 10^11 paths.
    let outputs: Map<String, Value> = (0..10)
        .map(|i| (format!("o{i}"), json!({"expression": {"references": ["var.v"]}})))
        .collect();
    let calls: Map<String, Value> = (0..11)
        .map(|i| {
            let next: Vec<_> = (0..10).map(|o| format!("module.m{}.o{o}", i + 1)).collect();
            let resources = json!([{"address": "aws_lb.l", "type": "aws_lb",
                "expressions": {"security_groups": {"references": ["var.v"]}}}]);
            let module = json!({"outputs": outputs, "resources": resources});
            (format!("m{i}"), json!({"expressions": {"v": {"references": next}}, "module": module}))
        })
        .collect();
    let plan = json!({"format_version": "1.2", "planned_values": {},
        "configuration": {"root_module": {"module_calls": calls}}});
    assert_eq!(parse(&plan).config.blocks.len(), 11);
}

#[test]
fn references_that_go_round_come_to_an_end() {
    let round = json!({"root_module": {"module_calls": {"a": {
    "expressions": {"x": {"references": ["module.a.y"]}},
    "module": {
        "outputs": {"y": {"expression": {"references": ["var.x"]}}},
        "resources": [{"address": "aws_lb.l", "type": "aws_lb", "expressions":
            {"security_groups": {"references": ["var.x"]}}}]
    }}}}});
    let plan = json!({"format_version": "1.2", "planned_values": {}, "configuration": round});
    let block = &parse(&plan).config.blocks[0];
    assert!(block.references["security_groups"].is_empty());
    let members: Map<String, Value> = Map::new();
    assert!(
        parse(&json!({"format_version": "1.2", "planned_values": members}))
            .config
            .blocks
            .is_empty()
    );
}
