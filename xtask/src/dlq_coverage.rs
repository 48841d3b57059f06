//! Checks a plan resource by resource: every queue, event target and asynchronous function has a dead-letter
//! queue, and every failure raises an alarm.

use std::collections::BTreeSet;

use serde_json::Value;

/// Resource types that a plan must contain. Without them, there would be nothing to check.
const RULED: [&str; 5] = [
    "aws_sqs_queue",
    "aws_cloudwatch_event_bus",
    "aws_cloudwatch_event_target",
    "aws_lambda_function",
    "aws_sfn_state_machine",
];

/// A plan, as Terraform writes it in JSON.
struct Plan<'a> {
    changes: Vec<&'a Value>,
}

impl<'a> Plan<'a> {
    /// Returns the address and planned values of every resource of a type.
    fn all(&self, kind: &str) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let of_kind =
            self.changes.iter().filter(move |c| c["type"] == kind && c["mode"] == "managed");
        of_kind.map(|c| (c["address"].as_str().unwrap_or_default(), &c["change"]["after"]))
    }

    fn names(&self, kind: &str, member: &str) -> BTreeSet<&'a str> {
        self.all(kind).filter_map(|(_, after)| after[member].as_str()).collect()
    }

    /// Whether an alarm watches this metric for this dimension value.
    fn alarm(&self, metric: &str, dimension: &str, name: &str) -> bool {
        let watches =
            |of: &Value| of["metric_name"] == metric && of["dimensions"][dimension] == name;
        self.all("aws_cloudwatch_metric_alarm").any(|(_, alarm)| {
            let parts = alarm["metric_query"].as_array().into_iter().flatten();
            watches(alarm) || parts.flat_map(|p| p["metric"].as_array()).flatten().any(watches)
        })
    }
}

/// Returns the name of the queue that a dead-letter configuration points to.
fn queue_of(arn: &Value) -> Option<&str> {
    let arn = arn.as_str().filter(|a| a.starts_with("arn:") && a.contains(":sqs:"))?;
    arn.rsplit(':').next()
}

/// Returns the name of the dead-letter queue in a queue's redrive policy.
fn redrives_to(queue: &Value) -> Option<String> {
    let policy: Value = serde_json::from_str(queue["redrive_policy"].as_str()?).ok()?;
    let tries = policy["maxReceiveCount"].as_u64().filter(|n| *n >= 1);
    queue_of(&policy["deadLetterTargetArn"]).filter(|_| tries.is_some()).map(str::to_owned)
}

/// Returns every place where a message could be lost or a failure could go unnoticed; empty if all is well.
pub fn problems(plan: &Value) -> Vec<String> {
    let changes = plan["resource_changes"].as_array().into_iter().flatten().collect();
    let plan = Plan { changes };
    let mut found = Vec::new();
    for kind in RULED {
        if plan.all(kind).next().is_none() {
            found.push(format!("the plan has no {kind}, so this check proves nothing"));
        }
    }
    queues(&plan, &mut found);
    senders(&plan, &mut found);
    functions(&plan, &mut found);
    workflows(&plan, &mut found);
    found
}

fn queues(plan: &Plan<'_>, found: &mut Vec<String>) {
    let names = plan.names("aws_sqs_queue", "name");
    let mut targets: BTreeSet<String> =
        plan.all("aws_sqs_queue").filter_map(|(_, q)| redrives_to(q)).collect();
    let buses = plan.all("aws_cloudwatch_event_bus");
    targets.extend(
        buses.filter_map(|(_, bus)| queue_of(&bus["dead_letter_config"][0]["arn"])).map(Into::into),
    );
    for (address, queue) in plan.all("aws_sqs_queue") {
        let name = queue["name"].as_str().unwrap_or_default();
        let target = redrives_to(queue);
        let is_target = targets.contains(name);
        let depth = plan.alarm("ApproximateNumberOfMessagesVisible", "QueueName", name);
        match &target {
            Some(target) if !names.contains(target.as_str()) => {
                found.push(format!("{address}: dead-letter queue `{target}` is not in the plan"));
            }
            // A message of the last queue is tried again until its retention ends, and the queue of a bus has no consumer. Their
            // depth alarms notify people.
            None if is_target && depth => {}
            None => found.push(format!("{address}: has no dead-letter queue")),
            Some(_) => {}
        }
        let age = plan.alarm("ApproximateAgeOfOldestMessage", "QueueName", name);
        if is_target && !depth {
            found.push(format!("{address}: is a dead-letter queue without an alarm on its depth"));
        }
        if !is_target && !age {
            found.push(format!("{address}: has no alarm on the age of its oldest message"));
        }
    }
}

/// Checks EventBridge buses, targets and schedules.
fn senders(plan: &Plan<'_>, found: &mut Vec<String>) {
    let names = plan.names("aws_sqs_queue", "name");
    let mut check = |address: &str, config: &Value| match queue_of(&config[0]["arn"]) {
        Some(queue) if names.contains(queue) => {}
        Some(queue) => {
            found.push(format!("{address}: dead-letter queue `{queue}` is not in the plan"));
        }
        None => found.push(format!("{address}: has no dead-letter queue")),
    };
    for kind in ["aws_cloudwatch_event_bus", "aws_cloudwatch_event_target"] {
        for (address, sender) in plan.all(kind) {
            check(address, &sender["dead_letter_config"]);
        }
    }
    for (address, schedule) in plan.all("aws_scheduler_schedule") {
        check(address, &schedule["target"][0]["dead_letter_config"]);
    }
}

fn functions(plan: &Plan<'_>, found: &mut Vec<String>) {
    // Functions that a service may invoke asynchronously. API Gateway invokes synchronously.
    let asynchronous: BTreeSet<&str> = plan
        .all("aws_lambda_permission")
        .filter(|(_, p)| p["principal"] != "apigateway.amazonaws.com")
        .filter_map(|(_, p)| p["function_name"].as_str())
        .collect();
    for (address, function) in plan.all("aws_lambda_function") {
        let name = function["function_name"].as_str().unwrap_or_default();
        let dead_letters = queue_of(&function["dead_letter_config"][0]["target_arn"]);
        if asynchronous.contains(name) && dead_letters.is_none() {
            found.push(format!("{address}: is invoked asynchronously without a dead-letter queue"));
        }
        for metric in ["Errors", "Throttles"] {
            if !plan.alarm(metric, "FunctionName", name) {
                found.push(format!("{address}: has no alarm on {metric}"));
            }
        }
    }
    for (address, mapping) in plan.all("aws_lambda_event_source_mapping") {
        if mapping["function_response_types"][0] != "ReportBatchItemFailures" {
            found.push(format!("{address}: does not report batch item failures"));
        }
    }
}

/// Checks state machines: each task has a timeout, and timeouts and failures raise alarms.
fn workflows(plan: &Plan<'_>, found: &mut Vec<String>) {
    for (address, machine) in plan.all("aws_sfn_state_machine") {
        let name = machine["name"].as_str().unwrap_or_default();
        for metric in ["ExecutionsTimedOut", "ExecutionsFailed"] {
            let watched = plan.all("aws_cloudwatch_metric_alarm").any(|(_, alarm)| {
                let arn = alarm["dimensions"]["StateMachineArn"].as_str().unwrap_or_default();
                alarm["metric_name"] == metric && arn.ends_with(&format!(":stateMachine:{name}"))
            });
            if !watched {
                found.push(format!("{address}: has no alarm on {metric}"));
            }
        }
        let definition = machine["definition"].as_str().unwrap_or_default();
        let Ok(definition) = serde_json::from_str::<Value>(definition) else {
            found.push(format!("{address}: cannot parse its definition as JSON"));
            continue;
        };
        if !definition["TimeoutSeconds"].is_u64() {
            found.push(format!("{address}: has no total timeout"));
        }
        for (state, task) in definition["States"].as_object().into_iter().flatten() {
            if task["Type"] == "Task" && !task["TimeoutSeconds"].is_u64() {
                found.push(format!("{address}: task {state} has no timeout"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::problems;
    use serde_json::{Value, json};

    fn resource(kind: &str, name: &str, after: Value) -> Value {
        json!({ "address": format!("{kind}.{name}"), "type": kind, "mode": "managed", "change": { "after": after } })
    }

    fn queue(name: &str, to: Option<&str>) -> Value {
        let policy = to.map(|to| {
            json!({ "deadLetterTargetArn": format!("arn:aws:sqs:r:1:{to}"), "maxReceiveCount": 8 })
                .to_string()
        });
        resource("aws_sqs_queue", name, json!({ "name": name, "redrive_policy": policy }))
    }

    fn alarm(metric: &str, dimension: &str, value: &str) -> Value {
        let after = json!({ "metric_name": metric, "dimensions": { dimension: value } });
        resource("aws_cloudwatch_metric_alarm", &format!("{metric}-{value}"), after)
    }

    /// A plan without problems.
    fn sound() -> Vec<Value> {
        let dead = json!([{ "arn": "arn:aws:sqs:r:1:dlq" }]);
        let task = json!({ "Type": "Task", "TimeoutSeconds": 5 });
        let definition = json!({ "TimeoutSeconds": 60, "States": { "Wait": task } });
        vec![
            queue("work", Some("dlq")),
            queue("dlq", Some("last")),
            queue("last", None),
            queue("bus", None),
            resource(
                "aws_cloudwatch_event_bus",
                "b",
                json!({ "dead_letter_config": [{ "arn": "arn:aws:sqs:r:1:bus" }] }),
            ),
            resource("aws_cloudwatch_event_target", "t", json!({ "dead_letter_config": dead })),
            resource(
                "aws_scheduler_schedule",
                "s",
                json!({ "target": [{ "dead_letter_config": dead }] }),
            ),
            resource(
                "aws_lambda_function",
                "f",
                json!({ "function_name": "f", "dead_letter_config": [{ "target_arn": "arn:aws:sqs:r:1:dlq" }] }),
            ),
            resource(
                "aws_lambda_permission",
                "p",
                json!({ "function_name": "f", "principal": "events.amazonaws.com" }),
            ),
            resource(
                "aws_lambda_event_source_mapping",
                "m",
                json!({ "function_response_types": ["ReportBatchItemFailures"] }),
            ),
            resource(
                "aws_sfn_state_machine",
                "w",
                json!({ "name": "w", "definition": definition.to_string() }),
            ),
            alarm("ApproximateAgeOfOldestMessage", "QueueName", "work"),
            alarm("ApproximateNumberOfMessagesVisible", "QueueName", "dlq"),
            alarm("ApproximateNumberOfMessagesVisible", "QueueName", "last"),
            alarm("ApproximateNumberOfMessagesVisible", "QueueName", "bus"),
            alarm("Errors", "FunctionName", "f"),
            alarm("Throttles", "FunctionName", "f"),
            alarm("ExecutionsTimedOut", "StateMachineArn", "arn:aws:states:r:1:stateMachine:w"),
            alarm("ExecutionsFailed", "StateMachineArn", "arn:aws:states:r:1:stateMachine:w"),
        ]
    }

    fn look(changes: Vec<Value>) -> Vec<String> {
        problems(&json!({ "resource_changes": changes }))
    }

    #[test]
    fn a_sound_plan_has_no_problem() {
        assert_eq!(look(sound()), Vec::<String>::new());
    }

    #[test]
    fn an_empty_plan_proves_nothing() {
        assert_eq!(look(Vec::new()).len(), 5);
    }

    #[test]
    fn whatever_is_taken_away_is_missed() {
        let alarms = sound().iter().filter(|r| r["type"] == "aws_cloudwatch_metric_alarm").count();
        let without = |n: usize| {
            let mut changes = sound();
            let at = changes.len() - alarms + n;
            changes.remove(at);
            look(changes)
        };
        for n in 0..alarms {
            assert!(!without(n).is_empty(), "removing alarm {n} was not detected");
        }
        let spoiled = |address: &str, pointer: &str, expected: &str| {
            let mut changes = sound();
            let resource = changes.iter_mut().find(|c| c["address"] == address).unwrap();
            *resource.pointer_mut(&format!("/change/after/{pointer}")).unwrap() = Value::Null;
            assert_eq!(look(changes), [format!("{address}: {expected}")]);
        };
        spoiled("aws_cloudwatch_event_target.t", "dead_letter_config", "has no dead-letter queue");
        let mut changes = sound();
        changes[4]["change"]["after"]["dead_letter_config"] = Value::Null;
        let found = look(changes);
        assert!(found.contains(&"aws_cloudwatch_event_bus.b: has no dead-letter queue".to_owned()));
        spoiled("aws_scheduler_schedule.s", "target", "has no dead-letter queue");
        spoiled(
            "aws_lambda_function.f",
            "dead_letter_config",
            "is invoked asynchronously without a dead-letter queue",
        );
        spoiled(
            "aws_lambda_event_source_mapping.m",
            "function_response_types",
            "does not report batch item failures",
        );
        spoiled("aws_sfn_state_machine.w", "definition", "cannot parse its definition as JSON");
        let mut changes = sound();
        changes[0]["change"]["after"]["redrive_policy"] = Value::Null;
        assert!(look(changes).contains(&"aws_sqs_queue.work: has no dead-letter queue".to_owned()));
        let mut changes = sound();
        let endless = json!({ "States": { "Wait": { "Type": "Task" } } }).to_string();
        changes[10]["change"]["after"]["definition"] = endless.into();
        assert_eq!(look(changes).len(), 2);
    }
}
