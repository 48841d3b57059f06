//! Rego over what was answered.

use serde_json::{Map, Value, json};

use super::Scored;
use crate::suite::Attachment;

const SCORE: &str = "data.grader.score";
const EVIDENCE: &str = "data.grader.evidence";

/// Compiles a policy of a suite; what it says of why not.
pub(crate) fn compile(file: &str, policy: &str) -> Result<regorus::Engine, String> {
    let mut engine = regorus::Engine::new();
    // An answer of another shape than was hoped for is a wrong answer, not a grader that fails.
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

/// What a policy sees: the answer as text and, where it is HCL, in the JSON syntax of HCL; attachments as JSON
/// where they are JSON.
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
    // A policy that gives no score to an answer gives it none.
    let score = match rule(SCORE)?.unwrap_or(json!(0)) {
        Value::Bool(passed) => f64::from(u8::from(passed)),
        Value::Number(n) => n.as_f64().unwrap_or(f64::NAN),
        other => return Err(format!("its `score` is {other}, not a number from 0 to 1")),
    };
    // Optional: a policy that has no such rule says nothing more.
    let evidence = match rule(EVIDENCE) {
        Ok(Some(Value::Array(items))) => {
            items.iter().map(|i| i.as_str().map_or_else(|| i.to_string(), str::to_owned)).collect()
        }
        _ => Vec::new(),
    };
    Ok(Scored { score, evidence: evidence.join("\n") })
}
