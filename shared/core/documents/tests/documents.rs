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
    let mut wanted = agreed();
    // Nothing in the file says that the first row is the head of the table.
    wanted.scope.timeline.insert(0, "Week | Result".to_owned());
    assert_eq!(read(DOCX, include_bytes!("files/statement.docx")), wanted);
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

fn with(xml: &str) -> Result<String, Unread> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("word/document.xml", options).unwrap();
    zip.write_all(xml.as_bytes()).unwrap();
    text(DOCX, &zip.finish().unwrap().into_inner())
}

/// What a reader of the document does not see is not what was agreed, and everything that they see is.
#[test]
fn a_docx_has_what_people_see() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let hidden = |text: &str| format!("<w:r><w:rPr><w:vanish/></w:rPr><w:t>{text}</w:t></w:r>");
    let p = |inner: &str| format!("<w:p>{inner}</w:p>");
    let item = |inner: &str| p(&format!("<w:pPr><w:numPr/></w:pPr>{inner}"));
    let row = |cells: &[String]| {
        let cells: String = cells.iter().map(|cell| format!("<w:tc>{cell}</w:tc>")).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    let boxed = format!(
        "<mc:AlternateContent><mc:Choice><w:txbxContent>{0}</w:txbxContent></mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>",
        p(&run("boxed"))
    );
    let nested = format!("<w:tbl>{}</w:tbl>", row(&[p(&run("in")), p(&run("side"))]));
    let cases = [
        (p(&format!("{}{}", run("seen"), hidden("secret"))), "seen\n\n"),
        (p("<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>seen</w:t></w:r>"), "seen\n\n"),
        (
            p(&format!("<w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo>", run("a"), run("b"))),
            "b\n\n",
        ),
        (
            p(&format!("{}<w:r>{boxed}</w:r>{}", run("before "), run("after"))),
            "boxed\n\n\nbefore after\n\n",
        ),
        (p("<w:r><w:t>5</w:t><w:noBreakHyphen/><w:t>10 USD</w:t></w:r>"), "5-10 USD\n\n"),
        (
            p(&format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", run("chosen"))),
            "chosen\n\n",
        ),
        (format!("{}{}", item(&run("one")), p(&run("two"))), "- one\n\ntwo\n\n"),
        (
            row(&[p(&run("a")), p(""), format!("{nested}{}", p(&run("b")))]),
            "| a |  |  in, side b |\n",
        ),
        (
            format!(
                "{}{}",
                row(&[format!("<w:trPr><w:tblHeader/></w:trPr>{}", p(&run("head")))]),
                row(&[p(&run("row"))])
            ),
            "| head |\n|---|\n| row |\n",
        ),
    ];
    for (xml, wanted) in cases {
        assert_eq!(with(&format!("<w:body>{xml}</w:body>")).unwrap(), wanted, "{xml}");
    }
}

/// Lines that look like something else than they are.
#[test]
fn nothing_that_was_agreed_is_lost_or_moved() {
    let read = |text: &str| Agreed::read(text).unwrap();
    // Rules and underlines are no criteria.
    let ruled = read("Acceptance criteria\n====\n\n- one\n- two\n\n---\n");
    assert_eq!(ruled.acceptance_criteria, ["one", "two"]);
    let ruled = read("Acceptance criteria\n===\n\n- one\n\nWarranty\n--------\n\nNone.\n");
    assert_eq!(ruled.acceptance_criteria, ["one"]);
    // Items and wrapped lines that are titles elsewhere.
    for list in [
        "## Deliverables\n1. Repository\n2. Schedule\n3. Summary\n4. A runbook",
        "1. Deliverables\n1. Repository\n2. Schedule\n3. Summary\n4. A runbook",
        "Deliverables:\n- Repository\n- Schedule\n- Summary\n- A runbook",
    ] {
        assert_eq!(
            read(list).scope.deliverables,
            ["Repository", "Schedule", "Summary", "A runbook"],
            "{list}"
        );
    }
    let wrapped = read(
        "Requirements\n\n- approval by the Operations\n  Team\n- it stays within the\n  budget: 50 USD a month\n- fourth\n",
    );
    assert_eq!(
        wrapped.scope.requirements,
        ["approval by the Operations Team", "it stays within the budget: 50 USD a month", "fourth"]
    );
    let goals = read("## Objectives\nGoal 1: Reduce cost\n\nGoal 2: Reduce latency\n");
    assert_eq!(goals.scope.objectives, ["Goal 1: Reduce cost", "Goal 2: Reduce latency"]);
    // Amounts at the beginning of a line.
    let amounts = read(
        "Constraints\n\nThe importer costs at most USD\n50000. Nothing else is paid, not even\n500. And\n+ tax\n\n- costs USD\n  20. a month\n",
    );
    assert_eq!(
        amounts.scope.constraints,
        [
            "The importer costs at most USD 50000. Nothing else is paid, not even 500. And + tax",
            "costs USD 20. a month"
        ]
    );
    // A title that an engagement does not have, and a part of a section after one that it has.
    let others = read(
        "1. Acceptance criteria\n\nNo order is lost.\n\n2. Liability\n\nUnlimited.\n\n3. Constraints\n\n50 USD.\n",
    );
    assert_eq!(others.acceptance_criteria, ["No order is lost."]);
    assert_eq!(others.scope.constraints, ["50 USD."]);
    let parts = read(
        "## Requirements\n\n### Budget\n\n- 50 USD\n\n### Performance\n\n- p99 below 100 ms\n",
    );
    assert_eq!(parts.scope.requirements, ["p99 below 100 ms"]);
    assert_eq!(parts.scope.constraints, ["50 USD"]);
    // The first row of a table is its head only if the line below it says so.
    let table = read(
        "## Timeline\n\n| 1 | design |\n| 2 | build |\n\n## Scope\n\n| A | B |\n|---|---|\n| a | b |\n",
    );
    assert_eq!(table.scope.timeline, ["1 | design", "2 | build"]);
    assert_eq!(table.scope.requirements, ["a | b"]);
    // One line after the other, in a time that grows with the text.
    let many = format!("Goal\n{}", "- a\n".repeat(250_000));
    assert_eq!(read(&many).goal.unwrap().len(), 499_999);
}

/// Text that was deleted with changes tracked is not what was agreed.
#[test]
fn deleted_text_and_entities_of_a_docx() {
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
