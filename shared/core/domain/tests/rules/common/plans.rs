//! A plan that has one of everything, for tests.
#![allow(dead_code, clippy::unwrap_used)]

use headgate_domain::plan::Plan;
use serde_json::{Value, json};

pub fn plan() -> Value {
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

pub fn parse(value: &Value) -> Plan {
    Plan::parse(value.to_string().as_bytes()).unwrap()
}
