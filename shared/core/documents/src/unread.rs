//! Why a document cannot be read, and how large it may be.

/// Largest document, in bytes.
pub const MAX_BYTES: u64 = 8 * 1024 * 1024;
/// Longest text of a document, in bytes.
pub(crate) const MAX_TEXT: usize = 1024 * 1024;

/// Why a document cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// Its type is unknown.
    #[error("documents of the type `{0}` cannot be read; use plain text, Markdown, PDF or DOCX")]
    Type(String),
    /// It, or its text, is too large.
    #[error("the document or its text is too large; it may have {} MB, and 1 MB of text", MAX_BYTES / 1024 / 1024)]
    TooLarge,
    /// Plain text that is no UTF-8.
    #[error("the text is not UTF-8; save it as UTF-8")]
    Encoding,
    /// A PDF that cannot be read.
    #[error("the PDF cannot be read: {0}")]
    Pdf(String),
    /// A DOCX that cannot be read.
    #[error("the DOCX cannot be read: {0}")]
    Docx(String),
    /// Nothing but pictures, for example.
    #[error("the document has no text; if it is a scan, send the text instead")]
    Empty,
    /// No section has a title that says what it is.
    #[error(
        "no section of the document has a known title; use titles such as `Objectives`, `Requirements`, `Constraints`, \
         `Assumptions`, `Deliverables`, `Timeline`, `Acceptance criteria`, `Out of scope`"
    )]
    NoSections,
}
