//! What a document says was agreed.

use headgate_domain::engagement::Scope;

use crate::line::Line;
use crate::titles::Section;
use crate::unread::Unread;

/// What was agreed, as a document says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agreed {
    /// The goal: a section of that name, or the first heading of the document.
    pub goal: Option<String>,
    /// Criteria that show that the work is done.
    pub acceptance_criteria: Vec<String>,
    /// Everything else.
    pub scope: Scope,
}

impl Agreed {
    /// Reads the sections of a text.
    ///
    /// # Errors
    /// [`Unread::NoSections`] if none of its titles is known.
    pub fn read(text: &str) -> Result<Self, Unread> {
        let mut reading = Reading::default();
        for line in text.lines() {
            reading.line(Line::of(line));
        }
        reading.end();
        if reading.sections == 0 {
            return Err(Unread::NoSections);
        }
        let mut agreed = reading.agreed;
        if agreed.goal.is_none() {
            agreed.goal = reading.title;
        }
        Ok(agreed)
    }

    fn add(&mut self, section: Section, entry: String) {
        let Scope {
            objectives,
            requirements,
            constraints,
            assumptions,
            deliverables,
            timeline,
            repositories,
            stakeholders,
            exit_criteria,
            wont_do,
        } = &mut self.scope;
        let list = match section {
            Section::Goal => {
                let goal = self.goal.take().map(|before| format!("{before} {entry}"));
                self.goal = Some(goal.unwrap_or(entry));
                return;
            }
            Section::Objectives => objectives,
            Section::Requirements => requirements,
            Section::Constraints => constraints,
            Section::Assumptions => assumptions,
            Section::Deliverables => deliverables,
            Section::Timeline => timeline,
            Section::Repositories => repositories,
            Section::Stakeholders => stakeholders,
            Section::AcceptanceCriteria => &mut self.acceptance_criteria,
            Section::ExitCriteria => exit_criteria,
            Section::WontDo => wont_do,
            Section::Other => return,
        };
        list.push(entry);
    }
}

/// How far a document was read.
#[derive(Default)]
struct Reading {
    agreed: Agreed,
    /// The first heading.
    title: Option<String>,
    section: Option<Section>,
    /// How deep its title is, as a heading of Markdown.
    depth: usize,
    /// Known titles so far.
    sections: usize,
    /// The entry that the next line may continue.
    entry: String,
    /// Rows of the current table so far: the first one is its head.
    rows: usize,
}

impl Reading {
    fn line(&mut self, line: Line<'_>) {
        if !matches!(line, Line::Row(_) | Line::Blank) {
            self.rows = 0;
        }
        match line {
            Line::Blank => self.end(),
            Line::Title(section, depth) => self.begin(section, depth),
            Line::Inline(section, entry) => {
                self.begin(section, 0);
                self.extend(entry);
                self.end();
                // Only this line: what follows belongs to nothing that has a title.
                self.section = Some(Section::Other);
            }
            Line::Heading(depth, heading) => {
                self.end();
                // A heading below that of the section divides it, and does not end it.
                if self.depth == 0 || depth <= self.depth {
                    self.section = None;
                }
                if self.title.is_none() {
                    self.title = Some(cleaned(heading)).filter(|title| !title.is_empty());
                }
            }
            Line::Item(text) => {
                self.end();
                self.extend(text);
            }
            Line::Row(cells) => {
                self.end();
                self.rows += 1;
                if self.rows > 1 {
                    self.extend(&cells.join(" | "));
                    self.end();
                }
            }
            Line::Text(text) => self.extend(text),
        }
    }

    fn begin(&mut self, section: Section, depth: usize) {
        self.end();
        self.section = Some(section);
        self.depth = depth;
        self.sections += usize::from(section != Section::Other);
    }

    fn extend(&mut self, text: &str) {
        if !self.entry.is_empty() {
            self.entry.push(' ');
        }
        self.entry.push_str(text);
    }

    /// Keeps the entry that was read, if it belongs to a section.
    fn end(&mut self) {
        let entry = cleaned(&std::mem::take(&mut self.entry));
        if let Some(section) = self.section.filter(|_| !entry.is_empty()) {
            self.agreed.add(section, entry);
        }
    }
}

/// On one line, without control characters.
fn cleaned(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
