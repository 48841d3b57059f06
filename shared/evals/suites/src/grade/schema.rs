//! Grades an answer with a JSON Schema.

use serde_json::Value;

use super::Scored;

/// Compiles a schema. References to other documents are not followed.
pub(crate) fn compile(schema: &Value) -> Result<jsonschema::Validator, String> {
    jsonschema::validator_for(schema).map_err(|e| e.to_string())
}

pub(super) fn accepts(answer: &str, schema: &Value) -> Result<Scored, String> {
    let validator = compile(schema)?;
    Ok(match serde_json::from_str::<Value>(answer) {
        Ok(value) => {
            let wrong = validator.iter_errors(&value);
            Scored::unless(wrong.map(|e| format!("{}: {e}", e.instance_path())).collect())
        }
        Err(error) => Scored::none(format!("it is not valid JSON: {error}")),
    })
}
