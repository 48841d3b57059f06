//! Ids that people and agents choose.

use headgate_events::ChangeId;

/// Longest change or engagement id. A workflow execution is named `<change id>-r<revision>`, and
/// Step Functions allows 80 characters.
pub const MAX_ID: usize = 64;

/// Whether `id` may name a change or an engagement: 1 to 64 characters of `a-z`, `0-9` and `-`,
/// beginning with a letter or digit.
#[must_use]
pub fn is_valid(id: &str) -> bool {
    let ok = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !id.is_empty() && id.len() <= MAX_ID && id.chars().all(ok) && !id.starts_with('-')
}

/// Name of the workflow execution that decides on a revision.
#[must_use]
pub fn execution_name(change_id: &ChangeId, revision: u32) -> String {
    format!("{change_id}-r{revision}")
}

#[cfg(test)]
mod tests {
    use super::is_valid;

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
