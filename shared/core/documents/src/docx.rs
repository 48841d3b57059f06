//! The text of a DOCX: the paragraphs of `word/document.xml` (ECMA-376, part 1, §17).

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::unread::{MAX_TEXT, Unread};

/// Most bytes of XML: markup is much longer than the text.
const MAX_XML: u64 = 32 * 1024 * 1024;

pub(crate) fn text(bytes: &[u8]) -> Result<String, Unread> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(unread)?;
    let document = zip.by_name("word/document.xml").map_err(unread)?;
    let mut xml = Vec::new();
    // What the archive says of its size proves nothing.
    document.take(MAX_XML + 1).read_to_end(&mut xml).map_err(unread)?;
    if u64::try_from(xml.len()).is_ok_and(|len| len > MAX_XML) {
        return Err(Unread::TooLarge);
    }
    paragraphs(&String::from_utf8(xml).map_err(unread)?)
}

fn unread(error: impl std::fmt::Display) -> Unread {
    Unread::Docx(error.to_string().chars().take(200).collect())
}

/// What is being read.
#[derive(Default)]
struct Paragraph {
    text: String,
    /// How deep it is, if it is a heading.
    heading: Option<usize>,
    item: bool,
}

/// One line for each paragraph, and one for each row of a table.
fn paragraphs(xml: &str) -> Result<String, Unread> {
    let mut reader = Reader::from_str(xml);
    let (mut all, mut paragraph, mut row) = (String::new(), Paragraph::default(), None);
    // Text that was deleted, with changes tracked, is `w:delText`.
    let mut in_text = false;
    loop {
        match reader.read_event().map_err(unread)? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "p" => paragraph = Paragraph::default(),
                "t" => in_text = true,
                "tr" => row = Some(Vec::new()),
                _ => paragraph.note(&tag),
            },
            Event::Empty(tag) => paragraph.note(&tag),
            Event::Text(text) if in_text => paragraph.text.push_str(&text),
            Event::GeneralRef(name) if in_text => paragraph.text.push(character(&name)?),
            Event::CData(text) if in_text => paragraph.text.push_str(&text),
            Event::End(tag) => match tag.local_name().as_ref() {
                "t" => in_text = false,
                "p" => end(std::mem::take(&mut paragraph), &mut row, &mut all),
                "tr" => {
                    let cells: Vec<String> = row.take().unwrap_or_default();
                    all.push_str(&format!("| {} |\n", cells.join(" | ")));
                }
                _ => {}
            },
            // A document type could define entities that grow without end.
            Event::DocType(_) => return Err(Unread::Docx("it has a document type".to_owned())),
            Event::Eof => return Ok(all),
            _ => {}
        }
        if all.len() + paragraph.text.len() > MAX_TEXT {
            return Err(Unread::TooLarge);
        }
    }
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

fn end(paragraph: Paragraph, row: &mut Option<Vec<String>>, all: &mut String) {
    let text = paragraph.text.trim();
    if let Some(cells) = row {
        if !text.is_empty() {
            cells.push(text.to_owned());
        }
        return;
    }
    let sign = match &paragraph {
        Paragraph { heading: Some(depth), .. } => format!("{} ", "#".repeat(*depth)),
        Paragraph { item: true, .. } => "- ".to_owned(),
        Paragraph { .. } => String::new(),
    };
    if text.is_empty() {
        all.push('\n');
        return;
    }
    all.push_str(&format!("{sign}{text}\n"));
    // The next paragraph does not belong to this one.
    if sign.is_empty() {
        all.push('\n');
    }
}

impl Paragraph {
    /// Takes what a tag says of the paragraph: its style, a list, a tab, a line break.
    fn note(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "pStyle" => {
                let style =
                    tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == "val");
                let style = style.map(|a| a.value.to_ascii_lowercase());
                self.heading = style.as_deref().and_then(depth);
                self.item |= style.is_some_and(|style| style.contains("list"));
            }
            "numPr" => self.item = true,
            "tab" | "br" => self.text.push(' '),
            _ => {}
        }
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
