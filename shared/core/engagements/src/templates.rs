//! Templates of deliverables, in Markdown. A deliverable follows one if it has all of its sections.

/// All templates, by name.
pub const TEMPLATES: [(&str, &str); 6] = [
    ("adr", include_str!("../templates/adr.md")),
    ("architecture_doc", include_str!("../templates/architecture_doc.md")),
    ("phase_summary", include_str!("../templates/phase_summary.md")),
    ("project_plan", include_str!("../templates/project_plan.md")),
    ("security_review", include_str!("../templates/security_review.md")),
    ("test_plan", include_str!("../templates/test_plan.md")),
];

/// A template by its name.
#[must_use]
pub fn template(name: &str) -> Option<&'static str> {
    TEMPLATES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// Sections of a template that a text lacks, or has with nothing in them.
pub(crate) fn missing_sections(template: &'static str, text: &str) -> Vec<&'static str> {
    let filled: Vec<_> = sections(text).filter(|(_, filled)| *filled).map(|(h, _)| h).collect();
    let wanted = sections(template).map(|(heading, _)| heading);
    wanted.filter(|w| !filled.iter().any(|f| f.eq_ignore_ascii_case(w))).collect()
}

/// Headings of the second level, each with whether there is text below it. Fenced code is no heading.
fn sections(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut found: Vec<(&str, bool)> = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        match line.strip_prefix("## ") {
            Some(heading) if !fenced => {
                found.push((heading.trim().trim_end_matches('#').trim(), false))
            }
            _ => {
                if let Some((_, filled)) = found.last_mut() {
                    *filled |= !line.trim().is_empty() && !line.starts_with('#');
                }
            }
        }
    }
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::{TEMPLATES, missing_sections, sections};

    #[test]
    fn a_template_follows_itself_and_a_section_that_is_left_out_is_named() {
        for (name, text) in TEMPLATES {
            assert_eq!(missing_sections(text, text), [""; 0], "{name}");
            assert!(sections(text).count() >= 4, "{name}");
            for (heading, _) in sections(text) {
                let without = text.replace(&format!("## {heading}\n"), "");
                assert_eq!(missing_sections(text, &without), [heading], "{name}");
            }
        }
    }

    #[test]
    fn an_empty_section_and_one_in_a_code_block_do_not_count() {
        let adr = TEMPLATES[0].1;
        let text = "## Context\n\n## decision ##\nWe use SQS.\n```\n## Alternatives\nx\n```\n## Consequences\n\n### Good\nnone\n";
        assert_eq!(missing_sections(adr, text), ["Context", "Alternatives"]);
    }
}
