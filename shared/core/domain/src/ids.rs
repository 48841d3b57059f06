//! Ids that people and agents choose.

use headgate_events::ChangeId;

/// Longest change or engagement id. A workflow execution is named `<change id>-r<revision>` or
/// `<change id>-r<revision>-<run>`, and Step Functions allows 80 characters.
pub const MAX_ID: usize = 64;

/// Whether `id` may name a change or an engagement: 1 to 64 characters of `a-z`, `0-9` and `-`,
/// beginning with a letter or digit.
#[must_use]
pub fn is_valid(id: &str) -> bool {
    let ok = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !id.is_empty() && id.len() <= MAX_ID && id.chars().all(ok) && !id.starts_with('-')
}

/// Most executions of the workflow for one revision: their numbers have at most two digits.
pub const MAX_RUNS: u32 = 99;

/// Name of the workflow execution that waits for a decision on a revision. Run 1 is the first; further runs
/// replace executions that ended without a decision, because Step Functions gives a name only once.
#[must_use]
pub fn execution_name(change_id: &ChangeId, revision: u32, run: u32) -> String {
    if run <= 1 {
        format!("{change_id}-r{revision}")
    } else {
        format!("{change_id}-r{revision}-{run}")
    }
}

/// The name of the first run, from the name of any run of the same revision.
#[must_use]
pub fn first_run(execution_name: &str) -> &str {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match execution_name.rsplit_once('-') {
        Some((first, run)) if digits(run) => first,
        _ => execution_name,
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_ID, MAX_RUNS, execution_name, first_run, is_valid};

    #[test]
    fn every_run_of_a_revision_has_its_own_name() {
        let longest = "x".repeat(MAX_ID).as_str().into();
        assert_eq!(execution_name(&longest, u32::MAX, MAX_RUNS).len(), 79);
        for id in ["c", "c-2", "c-r1", "c-r1-2"] {
            let first = execution_name(&id.into(), 1, 1);
            assert_eq!(first, format!("{id}-r1"));
            assert_eq!(first_run(&first), first);
            assert_eq!(first_run(&execution_name(&id.into(), 1, 7)), first);
        }
    }

    #[test]
    fn ids_fit_every_place_they_are_used_in() {
        for good in ["a", "chg-1", "0f", &"x".repeat(64)] {
            assert!(is_valid(good), "{good}");
        }
        for bad in ["", "-a", "A", "a_b", "a/b", "a#b", "ä", &"x".repeat(65)] {
            assert!(!is_valid(bad), "{bad}");
        }
    }
}
