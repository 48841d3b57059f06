//! What a document says was agreed.

use headgate_domain::engagement::Scope;

use crate::line::Line;
use crate::titles::{Section, section};
use crate::unread::Unread;

/// Longest title of a section that an engagement does not have, in bytes.
const MAX_TITLE: usize = 60;

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
        let is_title = |line: &str| matches!(Line::of(line), Line::Heading(_, title) if section(title).is_some());
        let mut reading = Reading { marked: text.lines().any(is_title), ..Reading::default() };
        for line in text.lines() {
            reading.line(line);
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
        let scope = &mut self.scope;
        let list = match section {
            Section::Goal => {
                let goal = self.goal.get_or_insert_default();
                if !goal.is_empty() {
                    goal.push(' ');
                }
                goal.push_str(&entry);
                return;
            }
            Section::Objectives => &mut scope.objectives,
            Section::Requirements => &mut scope.requirements,
            Section::Constraints => &mut scope.constraints,
            Section::Assumptions => &mut scope.assumptions,
            Section::Deliverables => &mut scope.deliverables,
            Section::Timeline => &mut scope.timeline,
            Section::Repositories => &mut scope.repositories,
            Section::Stakeholders => &mut scope.stakeholders,
            Section::AcceptanceCriteria => &mut self.acceptance_criteria,
            Section::ExitCriteria => &mut scope.exit_criteria,
            Section::WontDo => &mut scope.wont_do,
            Section::Other => return,
        };
        list.push(entry);
    }
}

/// How far a document was read.
#[derive(Default)]
struct Reading {
    agreed: Agreed,
    /// Whether the document has headings of Markdown that are known titles: then no other line is a title.
    marked: bool,
    /// The first heading.
    title: Option<String>,
    /// The current section, and those around it, with how deep their titles are.
    open: Vec<(usize, Section)>,
    /// Known titles so far.
    sections: usize,
    /// Number of the last title that had one.
    title_number: Option<u32>,
    /// Number of the last list item that had one.
    item_number: Option<u32>,
    /// The entry that the next line may continue.
    entry: String,
    /// Lines of the entry so far.
    lines: usize,
    /// How far the entry is indented, if it is a list item.
    item: Option<usize>,
    /// A row of a table: an entry, unless the next line says that it is the head.
    row: Option<String>,
}

impl Reading {
    fn line(&mut self, whole: &str) {
        let indent = whole.len() - whole.trim_start().len();
        let line = Line::of(whole);
        if line != Line::BelowHead {
            self.keep_row();
        }
        match line {
            Line::Blank => self.end(),
            Line::Rule => self.underlined(),
            Line::Heading(depth, heading) => self.heading(depth, heading),
            Line::Title(section) if self.may_begin() => self.begin(0, section),
            Line::Inline(section, entry) if self.may_begin() && indent == 0 => {
                self.sections += usize::from(section != Section::Other);
                self.agreed.add(section, cleaned(entry));
            }
            Line::Item { text, weak } if !(weak && self.continues(indent)) => {
                self.begin_item(indent, text)
            }
            Line::Numbered { number, parts, text } if !self.continues(indent) => {
                self.numbered(indent, (number, parts), text);
            }
            Line::Row(cells) => {
                self.end();
                self.row = Some(cells.join(" | "));
            }
            Line::BelowHead => self.row = None,
            Line::Title(_)
            | Line::Inline(..)
            | Line::Item { .. }
            | Line::Numbered { .. }
            | Line::Text(_) => {
                self.extend(whole.trim());
            }
        }
    }

    /// Whether a line without a mark of Markdown may begin a section: it begins a block, and does not end a wrapped line.
    fn may_begin(&self) -> bool {
        !self.marked && self.entry.is_empty()
    }

    /// Whether a number or a dash at the beginning of a line is part of the text before: of a paragraph, or of a list item that is less indented.
    fn continues(&self, indent: usize) -> bool {
        !self.entry.is_empty() && self.item.is_none_or(|item| indent > item)
    }

    fn numbered(&mut self, indent: usize, (number, parts): (u32, bool), text: &str) {
        let next_item = self.item_number.is_some_and(|before| number == before + 1);
        let next_title = match self.title_number {
            Some(before) => number == before + 1,
            None => self.sections == 0,
        };
        if self.may_begin() && !next_item {
            if let Some(section) = section(text).filter(|_| next_title && !parts) {
                self.begin(0, section);
                self.title_number = Some(number);
                return;
            }
            let short = text.len() <= MAX_TITLE && !text.ends_with(['.', ';', ',', ':', '!', '?']);
            // The title of a section that an engagement does not have, or of a part of the current one.
            if short && next_title && !parts && self.title_number.is_some() {
                self.begin(0, Section::Other);
                self.title_number = Some(number);
                return;
            }
            if short && parts && self.title_number == Some(number) {
                self.end();
                return;
            }
        }
        self.begin_item(indent, text);
        self.item_number = Some(number);
    }

    /// The line before is a heading, if it is alone.
    fn underlined(&mut self) {
        if self.lines == 1 && self.item.is_none() {
            let heading = std::mem::take(&mut self.entry);
            self.heading(2, &heading);
        } else {
            self.end();
        }
    }

    fn heading(&mut self, depth: usize, heading: &str) {
        if let Some(section) = section(heading) {
            self.begin(depth, section);
            return;
        }
        self.end();
        // A heading below that of the section divides it, and does not end it.
        self.open.retain(|(around, _)| (1..depth).contains(around));
        if self.title.is_none() {
            self.title = Some(cleaned(heading)).filter(|title| !title.is_empty());
        }
    }

    fn begin(&mut self, depth: usize, section: Section) {
        self.end();
        self.open.retain(|(around, _)| (1..depth).contains(around));
        self.open.push((depth, section));
        self.sections += usize::from(section != Section::Other);
        self.item_number = None;
    }

    fn begin_item(&mut self, indent: usize, text: &str) {
        self.end();
        self.extend(text);
        self.item = Some(indent);
    }

    fn extend(&mut self, text: &str) {
        if !self.entry.is_empty() {
            self.entry.push(' ');
        }
        self.entry.push_str(text);
        self.lines += 1;
    }

    fn keep_row(&mut self) {
        if let Some(row) = self.row.take() {
            self.extend(&row);
            self.end();
        }
    }

    /// Keeps the entry that was read, if it belongs to a section.
    fn end(&mut self) {
        self.keep_row();
        (self.lines, self.item) = (0, None);
        let entry = cleaned(&std::mem::take(&mut self.entry));
        if let Some((_, section)) = self.open.last().filter(|_| !entry.is_empty()) {
            self.agreed.add(*section, entry);
        }
    }
}

/// On one line, without control characters.
fn cleaned(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
