//! The text of a document.

use headgate_domain::content::{DOCX, MARKDOWN, PDF, PLAIN_TEXT};

use crate::unread::{MAX_BYTES, MAX_TEXT, Unread};
use crate::{docx, pdf};

/// The text of a document, with headings and list items of a DOCX as Markdown.
///
/// # Errors
/// [`Unread`].
pub fn text(media_type: &str, bytes: &[u8]) -> Result<String, Unread> {
    if u64::try_from(bytes.len()).is_ok_and(|len| len > MAX_BYTES) {
        return Err(Unread::TooLarge);
    }
    // Without parameters such as the character set: what is no UTF-8 is refused anyway.
    let kind = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let text = match kind.as_str() {
        PLAIN_TEXT => plain(bytes)?,
        MARKDOWN => without_comments(&plain(bytes)?),
        PDF => pdf::text(bytes)?,
        DOCX => docx::text(bytes)?,
        _ => return Err(Unread::Type(media_type.chars().take(100).collect())),
    };
    if text.len() > MAX_TEXT {
        return Err(Unread::TooLarge);
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Err(Unread::Empty);
    }
    Ok(text)
}

fn plain(bytes: &[u8]) -> Result<String, Unread> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    String::from_utf8(bytes.to_vec()).map_err(|_| Unread::Encoding)
}

/// Nobody sees a comment in Markdown. In every other document it is text.
fn without_comments(text: &str) -> String {
    let (mut seen, mut rest) = (String::new(), text);
    while let Some((before, comment)) = rest.split_once("<!--") {
        seen.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    seen.push_str(rest);
    seen
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn plain_text_is_itself_without_a_byte_order_mark() {
        for kind in [PLAIN_TEXT, MARKDOWN, "Text/Plain; charset=utf-8"] {
            assert_eq!(text(kind, b"\xef\xbb\xbf# A\n").unwrap(), "# A\n");
        }
        assert_eq!(text(PLAIN_TEXT, b"caf\xe9"), Err(Unread::Encoding));
    }

    #[test]
    fn comments_are_hidden_only_in_markdown() {
        let commented = b"one <!-- two\n--> three <!-- four";
        assert_eq!(text(MARKDOWN, commented).unwrap(), "one  three ");
        assert_eq!(text(PLAIN_TEXT, commented).unwrap().as_bytes(), commented);
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_the_reason() {
        assert_eq!(text("image/png", b"x"), Err(Unread::Type("image/png".to_owned())));
        assert_eq!(text(PLAIN_TEXT, b" \n-- \n"), Err(Unread::Empty));
        assert_eq!(text(PLAIN_TEXT, &vec![b'a'; MAX_TEXT + 1]), Err(Unread::TooLarge));
        assert_eq!(text(PDF, &vec![b'a'; 8 * 1024 * 1024 + 1]), Err(Unread::TooLarge));
        assert!(matches!(text(PDF, b"no PDF"), Err(Unread::Pdf(_))));
        assert!(matches!(text(DOCX, b"no DOCX"), Err(Unread::Docx(_))));
    }
}
