//! Titles of sections, as people write them.

/// What a section holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Goal,
    Objectives,
    Requirements,
    Constraints,
    Assumptions,
    Deliverables,
    Timeline,
    Repositories,
    Stakeholders,
    AcceptanceCriteria,
    ExitCriteria,
    WontDo,
    /// Something that an engagement does not have. Its title ends the section before.
    Other,
}

use Section::{
    AcceptanceCriteria, Assumptions, Constraints, Deliverables, ExitCriteria, Goal, Objectives,
    Other, Repositories, Requirements, Stakeholders, Timeline, WontDo,
};

const TITLES: [(&str, Section); 78] = [
    ("goal", Goal),
    ("purpose", Goal),
    ("mission", Goal),
    ("project goal", Goal),
    ("objectives", Objectives),
    ("objective", Objectives),
    ("goals", Objectives),
    ("goals and objectives", Objectives),
    ("project objectives", Objectives),
    ("business objectives", Objectives),
    ("requirements", Requirements),
    ("functional requirements", Requirements),
    ("non-functional requirements", Requirements),
    ("nonfunctional requirements", Requirements),
    ("technical requirements", Requirements),
    ("scope", Requirements),
    ("in scope", Requirements),
    ("scope of work", Requirements),
    ("constraints", Constraints),
    ("limitations", Constraints),
    ("budget", Constraints),
    ("assumptions", Assumptions),
    ("dependencies", Assumptions),
    ("assumptions and dependencies", Assumptions),
    ("deliverables", Deliverables),
    ("project deliverables", Deliverables),
    ("timeline", Timeline),
    ("schedule", Timeline),
    ("milestones", Timeline),
    ("project schedule", Timeline),
    ("project timeline", Timeline),
    ("timeline and milestones", Timeline),
    ("repositories", Repositories),
    ("repository", Repositories),
    ("stakeholders", Stakeholders),
    ("roles and responsibilities", Stakeholders),
    ("contacts", Stakeholders),
    ("acceptance criteria", AcceptanceCriteria),
    ("acceptance", AcceptanceCriteria),
    ("success criteria", AcceptanceCriteria),
    ("exit criteria", ExitCriteria),
    ("definition of done", ExitCriteria),
    ("completion criteria", ExitCriteria),
    ("out of scope", WontDo),
    ("not in scope", WontDo),
    ("exclusions", WontDo),
    ("non-goals", WontDo),
    ("won't do", WontDo),
    ("wont do", WontDo),
    ("appendix", Other),
    ("approach", Other),
    ("approvals", Other),
    ("background", Other),
    ("change control", Other),
    ("change management", Other),
    ("communication", Other),
    ("confidentiality", Other),
    ("costs", Other),
    ("executive summary", Other),
    ("fees", Other),
    ("fees and payment", Other),
    ("glossary", Other),
    ("governance", Other),
    ("introduction", Other),
    ("legal", Other),
    ("notes", Other),
    ("overview", Other),
    ("payment", Other),
    ("payment terms", Other),
    ("price", Other),
    ("pricing", Other),
    ("project team", Other),
    ("references", Other),
    ("risks", Other),
    ("signatures", Other),
    ("summary", Other),
    ("team", Other),
    ("terms and conditions", Other),
];

/// What a title stands for. Numbers, marks and case do not count: `3.1 **Acceptance Criteria:**`.
pub(crate) fn section(title: &str) -> Option<Section> {
    let title = title.replace('\u{2019}', "'").to_lowercase();
    let mark = |c: char| c.is_whitespace() || "#*_.:)(".contains(c);
    // A number comes before a title, so `Goal 1` is an entry.
    let bare =
        title.trim_start_matches(|c: char| mark(c) || c.is_ascii_digit()).trim_end_matches(mark);
    TITLES.iter().find(|(name, _)| *name == bare).map(|(_, section)| *section)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_marks_and_case_do_not_count() {
        for title in
            ["Acceptance criteria", "3.1 **ACCEPTANCE CRITERIA:**", "## 4) Acceptance Criteria"]
        {
            assert_eq!(section(title), Some(AcceptanceCriteria), "{title}");
        }
        assert_eq!(section("Won\u{2019}t do"), Some(WontDo));
        assert_eq!(section("5. Pricing"), Some(Other));
        for title in
            ["", "Goal 1", "The objectives are met", "Objectives of the second phase, in detail"]
        {
            assert_eq!(section(title), None, "{title}");
        }
    }

    #[test]
    fn no_title_is_there_twice() {
        for (n, (title, _)) in TITLES.iter().enumerate() {
            assert!(TITLES[..n].iter().all(|(other, _)| other != title), "{title}");
            assert!(section(title).is_some(), "{title}");
        }
    }
}
