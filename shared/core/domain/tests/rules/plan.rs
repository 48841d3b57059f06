//! Reading plans: every format, and every kind of wrong file.

use crate::common;

use common::plans::{parse, plan};
use headgate_domain::plan::{Plan, PlanError};
use serde_json::{Map, Value, json};

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
        (b"\xff\xfe{", "broken UTF-16 text"),
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
