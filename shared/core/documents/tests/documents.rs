//! One statement of work, written by four programs.
#![allow(clippy::unwrap_used)]

use headgate_documents::{Agreed, MAX_BYTES, Unread, text};
use headgate_domain::content::{DOCX, MARKDOWN, PDF, PLAIN_TEXT};
use headgate_domain::engagement::Scope;

const STATEMENT: &[u8] = include_bytes!("files/statement.md");

fn agreed() -> Agreed {
    let list = |entries: &[&str]| entries.iter().map(|e| (*e).to_owned()).collect::<Vec<_>>();
    Agreed {
        goal: Some("Orders that survive a crash".to_owned()),
        acceptance_criteria: list(&["A killed server loses no order.", "p99 is below 100 ms."]),
        scope: Scope {
            objectives: list(&[
                "No order is lost when a server dies.",
                "The shop answers in less than a second, also while a server is replaced.",
            ]),
            requirements: list(&[
                "Orders are taken from the queue at least once.",
                "Copies of an order are recognised by its number.",
                "Orders are kept for 90 days & then deleted.",
            ]),
            constraints: list(&["At most 50 USD a month.", "Only the region eu-central-1."]),
            deliverables: list(&["A Terraform module.", "A runbook."]),
            timeline: list(&["1 | The queue works.", "3 | The shop uses it."]),
            wont_do: list(&["The user interface."]),
            ..Scope::default()
        },
    }
}

fn read(media_type: &str, bytes: &[u8]) -> Agreed {
    let text = text(media_type, bytes).unwrap();
    Agreed::read(&text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

#[test]
fn markdown_is_read() {
    assert_eq!(read(MARKDOWN, STATEMENT), agreed());
}

#[test]
fn docx_is_read() {
    assert_eq!(read(DOCX, include_bytes!("files/statement.docx")), agreed());
}

/// A PDF has no headings: its goal must be said, or be in a section.
#[test]
fn pdf_is_read() {
    let read = read(PDF, include_bytes!("files/statement.pdf"));
    assert_eq!(read, Agreed { goal: None, ..agreed() });
}

/// Without any marks of Markdown.
#[test]
fn plain_text_is_read() {
    let plain = "Statement of work\n\nGOAL\nOrders that\nsurvive a crash\n\nOBJECTIVES:\n\n\
        No order is lost when\na server dies.\n\nThe shop is fast.\n\nBudget: 50 USD a month\n\n\
        Acceptance criteria\n a) one\n b) two\n    lines\n\nTerms and conditions\n\n - none of it\n";
    let read = read(PLAIN_TEXT, plain.as_bytes());
    assert_eq!(read.goal.as_deref(), Some("Orders that survive a crash"));
    assert_eq!(
        read.scope.objectives,
        ["No order is lost when a server dies.", "The shop is fast."]
    );
    assert_eq!(read.scope.constraints, ["50 USD a month"]);
    assert_eq!(read.acceptance_criteria, ["one", "two lines"]);
    assert_eq!(read.scope.lists().iter().map(|(_, l)| l.len()).sum::<usize>(), 3);
}

#[test]
fn what_has_no_known_section_is_refused() {
    for text in
        ["Please build a shop.", "# Pricing\n\n- 10 days\n", "# A title\n\nObjectively good.\n"]
    {
        assert_eq!(Agreed::read(text), Err(Unread::NoSections), "{text}");
    }
}

#[test]
fn encrypted_and_scanned_files_are_refused_with_the_reason() {
    let encrypted = text(PDF, include_bytes!("files/encrypted.pdf"));
    assert!(matches!(encrypted, Err(Unread::Pdf(_))), "{encrypted:?}");
    assert_eq!(text(PDF, include_bytes!("files/scan.pdf")), Err(Unread::Empty));
    let pdf_as_docx = text(DOCX, include_bytes!("files/statement.pdf"));
    assert!(matches!(pdf_as_docx, Err(Unread::Docx(_))), "{pdf_as_docx:?}");
    let docx_as_text = text(PLAIN_TEXT, include_bytes!("files/statement.docx"));
    assert_eq!(docx_as_text, Err(Unread::Encoding));
}

/// Files that are cut or changed anywhere are read or refused, and nothing else happens.
#[test]
fn broken_files_do_no_harm() {
    for (kind, whole) in [
        (DOCX, &include_bytes!("files/statement.docx")[..]),
        (PDF, include_bytes!("files/statement.pdf")),
    ] {
        let mut read = 0;
        for n in 0..200 {
            let at = whole.len() * n / 200;
            drop(text(kind, &whole[..at]));
            let mut changed = whole.to_vec();
            changed[at] ^= 0xff;
            read += usize::from(text(kind, &changed).is_ok());
        }
        assert!(read > 0, "{kind}: changes that do not matter are read");
    }
}

/// An archive of some kilobytes that becomes very large is refused before it does.
#[test]
fn a_bomb_is_refused() {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("word/document.xml", options).unwrap();
    for _ in 0..64 {
        zip.write_all(&vec![b' '; 1024 * 1024]).unwrap();
    }
    let bomb = zip.finish().unwrap().into_inner();
    assert!(u64::try_from(bomb.len()).unwrap() < MAX_BYTES);
    assert_eq!(text(DOCX, &bomb), Err(Unread::TooLarge));
}

/// Text that was deleted with changes tracked is not what was agreed.
#[test]
fn deleted_text_and_entities_of_a_docx() {
    let with = |xml: &str| {
        use std::io::Write as _;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file("word/document.xml", options).unwrap();
        zip.write_all(xml.as_bytes()).unwrap();
        text(DOCX, &zip.finish().unwrap().into_inner())
    };
    let body = "<w:p><w:r><w:t>At most </w:t></w:r><w:del><w:r><w:delText>500</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>50 &lt; 60 &#38; A</w:t></w:r></w:ins></w:p>";
    assert_eq!(
        with(&format!("<w:document>{body}</w:document>")).unwrap(),
        "At most 50 < 60 & A\n\n"
    );
    let bomb =
        "<!DOCTYPE d [<!ENTITY a \"aaaa\">]><w:document><w:p><w:t>&a;</w:t></w:p></w:document>";
    assert!(matches!(with(bomb), Err(Unread::Docx(_))));
    assert!(matches!(
        with("<w:document><w:p><w:t>&a;</w:t></w:p></w:document>"),
        Err(Unread::Docx(_))
    ));
}
