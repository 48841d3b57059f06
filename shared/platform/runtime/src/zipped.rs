//! Compressed environment variables. AWS allows 4 KB for all variables of a function together.

use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;

/// Prefix of a compressed variable. The base64 of a gzip stream follows, as written by Terraform's
/// `base64gzip`.
const PREFIX: &str = "gzip:";
/// Limit of the uncompressed size in bytes; a text must be shorter.
const MOST: u64 = 256 * 1024;

/// The text of a variable, uncompressed if necessary.
pub(crate) fn text(value: String) -> Result<String, String> {
    let Some(packed) = value.strip_prefix(PREFIX) else { return Ok(value) };
    let packed = STANDARD.decode(packed).map_err(|e| format!("not valid base64 ({e})"))?;
    let mut text = String::new();
    GzDecoder::new(packed.as_slice())
        .take(MOST)
        .read_to_string(&mut text)
        .map_err(|e| format!("not the gzip of a text ({e})"))?;
    if text.len() as u64 == MOST {
        return Err(format!("must be shorter than {MOST} bytes"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(text: &str) -> String {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(text.as_bytes()).unwrap();
        format!("{PREFIX}{}", STANDARD.encode(gzip.finish().unwrap()))
    }

    #[test]
    fn what_is_packed_is_unpacked_and_what_is_not_stays() {
        assert_eq!(text("[1]".to_owned()).unwrap(), "[1]");
        let long = "[\"staging\"]".repeat(2_000);
        assert!(packed(&long).len() < 400);
        assert_eq!(text(packed(&long)).unwrap(), long);
        // Output of base64gzip("[1]") in Terraform 1.11.
        let terraform = "gzip:H4sIAAAAAAAA/4o2jAUAAAD//wEAAP//uDIvTAMAAAA=";
        assert_eq!(text(terraform.to_owned()).unwrap(), "[1]");
    }

    #[test]
    fn what_cannot_be_unpacked_says_why() {
        assert!(text("gzip:%".into()).unwrap_err().starts_with("not valid base64"));
        assert!(text("gzip:AAAA".into()).unwrap_err().starts_with("not the gzip of a text"));
        let bomb = packed(&"0".repeat(300 * 1024));
        assert_eq!(text(bomb).unwrap_err(), "must be shorter than 262144 bytes");
    }
}
