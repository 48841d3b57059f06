//! The text of a DOCX: what a reader sees of `word/document.xml` (ECMA-376, part 1, §17), as Markdown.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::unread::{MAX_TEXT, Unread};

/// Most bytes of XML: markup is much longer than the text.
const MAX_XML: u64 = 32 * 1024 * 1024;
/// What is in these is not part of the text: what was moved away, and what stands in for something that newer programs show.
const UNSEEN: [&str; 3] = ["moveFrom", "del", "Fallback"];

pub(crate) fn text(bytes: &[u8]) -> Result<String, Unread> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(unread)?;
    // Some programs number it.
    let is_document = |name: &String| name.starts_with("word/document") && name.ends_with(".xml");
    let names = zip.file_names().filter_map(|name| Some(name.ok()?.into_owned()));
    let name = names.into_iter().find(is_document);
    let name = name.ok_or_else(|| Unread::Docx("it has no text".to_owned()))?;
    let document = zip.by_name(&name).map_err(unread)?;
    let mut xml = Vec::new();
    // What the archive says of its size proves nothing.
    document.take(MAX_XML + 1).read_to_end(&mut xml).map_err(unread)?;
    if u64::try_from(xml.len()).is_ok_and(|len| len > MAX_XML) {
        return Err(Unread::TooLarge);
    }
    let mut document = Document::default();
    document.read(&String::from_utf8(xml).map_err(unread)?)?;
    Ok(document.text)
}

fn unread(error: impl std::fmt::Display) -> Unread {
    Unread::Docx(error.to_string().chars().take(200).collect())
}

/// A document, as far as it was read. Text boxes and tables can be in paragraphs and cells.
#[derive(Default)]
struct Document {
    text: String,
    paragraphs: Vec<Paragraph>,
    rows: Vec<Row>,
    /// Elements around this place whose content nobody sees.
    unseen: usize,
    in_text: bool,
    /// Whether the last line was a list item.
    after_item: bool,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    /// How deep it is, if it is a heading.
    heading: Option<usize>,
    item: bool,
    /// Whether the current run of characters is hidden.
    in_run: bool,
    hidden: bool,
}

#[derive(Default)]
struct Row {
    cells: Vec<String>,
    head: bool,
}

impl Document {
    fn read(&mut self, xml: &str) -> Result<(), Unread> {
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event().map_err(unread)? {
                Event::Start(tag) => self.start(&tag),
                Event::Empty(tag) => self.note(&tag),
                Event::End(tag) => self.end(tag.local_name().as_ref()),
                Event::Text(text) if self.in_text => self.say(&text),
                Event::CData(text) if self.in_text => self.say(&text),
                Event::GeneralRef(name) if self.in_text => {
                    self.say(character(&name)?.encode_utf8(&mut [0; 4]));
                }
                // It could define entities that grow without end.
                Event::DocType(_) => return Err(Unread::Docx("it has a document type".to_owned())),
                Event::Eof => return Ok(()),
                _ => {}
            }
            let inner: usize = self.paragraphs.iter().map(|p| p.text.len()).sum();
            if self.text.len() + inner > MAX_TEXT || self.paragraphs.len() + self.rows.len() > 100 {
                return Err(Unread::TooLarge);
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            name if UNSEEN.contains(&name) => self.unseen += 1,
            "p" => self.paragraphs.push(Paragraph::default()),
            "r" => self.run(true),
            "t" => self.in_text = true,
            "tr" => self.rows.push(Row::default()),
            "tc" => {
                if let Some(row) = self.rows.last_mut() {
                    row.cells.push(String::new());
                }
            }
            _ => self.note(tag),
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            name if UNSEEN.contains(&name) => self.unseen = self.unseen.saturating_sub(1),
            "t" => self.in_text = false,
            "r" => self.run(false),
            "p" => {
                if let Some(paragraph) = self.paragraphs.pop() {
                    self.keep(&paragraph);
                }
            }
            "tr" => {
                if let Some(row) = self.rows.pop() {
                    self.keep_row(&row);
                }
            }
            _ => {}
        }
    }

    fn run(&mut self, begins: bool) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            (paragraph.in_run, paragraph.hidden) = (begins, false);
        }
    }

    fn say(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut()
            && self.unseen == 0
            && !paragraph.hidden
        {
            paragraph.text.push_str(text);
        }
    }

    /// Takes what a tag says of the paragraph and of its text: style, list, hidden characters, breaks.
    fn note(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "tblHeader" if is_on(tag) => {
                if let Some(row) = self.rows.last_mut() {
                    row.head = true;
                }
                return;
            }
            "tab" | "br" | "cr" => return self.say(" "),
            "noBreakHyphen" => return self.say("-"),
            // A character of a font that is not Unicode.
            "sym" => return self.say("\u{fffd}"),
            _ => {}
        }
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        match tag.local_name().as_ref() {
            "pStyle" => {
                let style = value(tag).unwrap_or_default().to_ascii_lowercase();
                paragraph.heading = depth(&style);
                paragraph.item |= style.contains("list");
            }
            "numPr" => paragraph.item = true,
            "vanish" | "webHidden" if is_on(tag) && paragraph.in_run => paragraph.hidden = true,
            _ => {}
        }
    }

    fn keep(&mut self, paragraph: &Paragraph) {
        let text = paragraph.text.trim();
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.cells.last_mut()) {
            if !cell.is_empty() && !text.is_empty() {
                cell.push(' ');
            }
            // A bar would be another cell.
            cell.push_str(&text.replace('|', "/"));
            return;
        }
        if text.is_empty() {
            self.text.push('\n');
            return;
        }
        let item = paragraph.item && paragraph.heading.is_none();
        // A paragraph does not continue the item before, and another one does not continue it.
        let apart = if self.after_item && !item { "\n" } else { "" };
        let (sign, end) = match paragraph.heading {
            Some(depth) => (format!("{} ", "#".repeat(depth)), "\n"),
            None if item => ("- ".to_owned(), "\n"),
            None => (String::new(), "\n\n"),
        };
        self.text.push_str(&format!("{apart}{sign}{text}{end}"));
        self.after_item = item;
    }

    /// A row of a table in a cell is text of that cell.
    fn keep_row(&mut self, row: &Row) {
        if let Some(cell) = self.rows.last_mut().and_then(|outer| outer.cells.last_mut()) {
            cell.push(' ');
            cell.push_str(&row.cells.join(", "));
            return;
        }
        self.text.push_str(&format!("| {} |\n", row.cells.join(" | ")));
        if row.head {
            self.text.push_str("|---|\n");
        }
        self.after_item = false;
    }
}

/// The attribute `val` of a tag.
fn value(tag: &BytesStart<'_>) -> Option<String> {
    let value = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == "val");
    value.map(|a| a.value.into_owned())
}

/// Whether a property is on: it is, unless it says otherwise.
fn is_on(tag: &BytesStart<'_>) -> bool {
    !matches!(value(tag).as_deref(), Some("0" | "false" | "off"))
}

/// The character that a reference stands for.
fn character(name: &quick_xml::events::BytesRef<'_>) -> Result<char, Unread> {
    if let Some(character) = name.resolve_char_ref().map_err(unread)? {
        return Ok(character);
    }
    match &**name {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(Unread::Docx("it has an unknown entity".to_owned())),
    }
}

/// How deep a heading of this style is. Ids of styles are in the language that Word had: `Heading2`, `berschrift2`, `Titre2`.
fn depth(style: &str) -> Option<usize> {
    let names = ["heading", "title", "berschrift", "titel", "titre"];
    if !names.iter().any(|name| style.contains(name)) {
        return None;
    }
    let digit = style.chars().last().and_then(|last| last.to_digit(10));
    Some(usize::try_from(digit.unwrap_or(1)).unwrap_or(1).clamp(1, 6))
}
