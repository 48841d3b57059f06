//! Grades an answer with a Rego policy.

use serde_json::{Map, Value, json};

use super::Scored;
use crate::suite::Attachment;

const SCORE: &str = "data.grader.score";
const EVIDENCE: &str = "data.grader.evidence";

/// Compiles a policy of a suite, or says why it does not compile.
pub(crate) fn compile(file: &str, policy: &str) -> Result<regorus::Engine, String> {
    let mut engine = regorus::Engine::new();
    // If the answer has an unexpected shape, the answer is wrong; the grader has not failed.
    engine.set_strict_builtin_errors(false);
    let package =
        engine.add_policy(file.to_owned(), policy.to_owned()).map_err(|e| e.to_string())?;
    if package != "data.grader" {
        return Err(format!(
            "its package is `{}`, not `grader`",
            package.trim_start_matches("data.")
        ));
    }
    engine.set_input(regorus::Value::from(input("", &[], &Value::Null)));
    engine.eval_rule(SCORE.to_owned()).map_err(|e| format!("it has no rule `score`: {e}"))?;
    Ok(engine)
}

/// The input of a policy: the answer as text, as HCL in JSON syntax and as JSON (null if it does not parse);
/// the attachments, parsed if they are JSON; and the task's `data`.
pub(super) fn input(answer: &str, attachments: &[Attachment], data: &Value) -> Value {
    let json_or_text = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| json!(text));
    let attached: Map<String, Value> =
        attachments.iter().map(|a| (a.name.clone(), json_or_text(&a.text))).collect();
    json!({
        "answer": answer,
        "json": serde_json::from_str::<Value>(answer).unwrap_or_default(),
        "hcl": hcl::from_str::<Value>(answer).unwrap_or_default(),
        "attachments": attached,
        "data": data,
    })
}

pub(super) fn score(file: &str, policy: &str, input: Value) -> Result<Scored, String> {
    let mut engine = compile(file, policy)?;
    engine.set_input(regorus::Value::from(input));
    let mut rule = |path: &str| -> Result<Option<Value>, String> {
        let value = engine.eval_rule(path.to_owned()).map_err(|e| e.to_string())?;
        if value == regorus::Value::Undefined {
            return Ok(None);
        }
        serde_json::to_value(&value).map(Some).map_err(|e| e.to_string())
    };
    // If the policy does not define a score for an answer, the score is 0.
    let score = match rule(SCORE)?.unwrap_or(json!(0)) {
        Value::Bool(passed) => f64::from(u8::from(passed)),
        Value::Number(n) => n.as_f64().unwrap_or(f64::NAN),
        other => return Err(format!("its `score` is {other}, not a number from 0 to 1")),
    };
    // Optional: without this rule, the grade has no evidence.
    let evidence = match rule(EVIDENCE) {
        Ok(Some(Value::Array(items))) => {
            items.iter().map(|i| i.as_str().map_or_else(|| i.to_string(), str::to_owned)).collect()
        }
        _ => Vec::new(),
    };
    Ok(Scored { score, evidence: evidence.join("\n") })
}
