//! The text of a PDF.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::unread::Unread;

/// The library may panic on files that are broken on purpose; the document is refused then.
pub(crate) fn text(bytes: &[u8]) -> Result<String, Unread> {
    if !bytes.starts_with(b"%PDF-") {
        return Err(Unread::Pdf("it does not begin like a PDF".to_owned()));
    }
    let read = catch_unwind(AssertUnwindSafe(|| pdf_extract::extract_text_from_mem(bytes)));
    match read {
        Ok(Ok(text)) => Ok(text),
        Ok(Err(error)) => Err(Unread::Pdf(error.to_string().chars().take(200).collect())),
        Err(_) => Err(Unread::Pdf("it is broken".to_owned())),
    }
}
