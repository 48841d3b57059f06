//! Checks that the state is the one that the plan was made from.

use headgate_plan_file::StateFile;

use crate::fail::Failure;

/// Compares the state with the one that the apply would begin with. Terraform compares lineage and serial, too, but only after the permit
/// is used and the environment is locked; and it does not notice a plan that was made from an edited copy of the state. `explained` are
/// objects that the plan says it moves, or that are gone.
pub(super) fn check(
    found: &StateFile,
    planned: &StateFile,
    explained: &[String],
) -> Result<(), Failure> {
    let lost = found.lost_in(planned).into_iter().find(|address| !explained.contains(address));
    let why = if found.lineage != planned.lineage {
        "it is another state; run this where the change was planned".to_owned()
    } else if found.serial != planned.serial {
        "it has changed since; plan again and propose a new revision".to_owned()
    } else if let Some(address) = lost {
        format!(
            "the plan does not know its {address}, so it was made from an edited copy; tell an operator"
        )
    } else {
        return Ok(());
    };
    Err(Failure::Refused(format!(
        "the plan was made from {}, but the state here is {}: {why}. Nothing was applied",
        in_words(planned),
        in_words(found)
    )))
}

fn in_words(state: &StateFile) -> String {
    if state.lineage.is_empty() {
        return "an empty state".to_owned();
    }
    format!("serial {} of the state {}", state.serial, state.lineage)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::check;
    use headgate_plan_file::StateFile;
    use serde_json::{Value, json};

    fn state(serial: u64, objects: &[(&str, &str)]) -> StateFile {
        let resources: Vec<Value> = objects
            .iter()
            .map(|(name, id)| {
                json!({"mode": "managed", "type": "aws_sqs_queue", "name": name,
                       "instances": [{"schema_version": 0, "attributes": {"id": id}}]})
            })
            .collect();
        let json = json!({"lineage": "l", "serial": serial, "resources": resources});
        StateFile::parse(json.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn an_object_that_a_plan_does_not_know_is_noticed() {
        let real = state(7, &[("a", "1"), ("b", "2")]);
        assert!(check(&real, &real, &[]).is_ok());
        // More objects than there are: an import, which the plan shows.
        assert!(check(&state(7, &[("a", "1")]), &real, &[]).is_ok());
        let said = |planned: &StateFile, explained: &[String]| {
            check(&real, planned, explained).unwrap_err().message()
        };
        let without = state(7, &[("a", "1")]);
        assert!(said(&without, &[]).contains("does not know its aws_sqs_queue.b"));
        assert!(check(&real, &without, &["aws_sqs_queue.b".to_owned()]).is_ok());
        assert!(said(&without, &["aws_sqs_queue.a".to_owned()]).contains("aws_sqs_queue.b"));
        // The same address, but the ID of something else.
        assert!(said(&state(7, &[("a", "1"), ("b", "9")]), &[]).contains("aws_sqs_queue.b"));
        assert!(said(&state(6, &[("a", "1"), ("b", "2")]), &[]).contains("it has changed since"));
    }
}
