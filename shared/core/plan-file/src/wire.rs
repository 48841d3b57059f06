//! A reader of protobuf's wire format (<https://protobuf.dev/programming-guides/encoding>) that takes fields from a stream.
//!
//! A generated reader would keep the whole plan in memory. It would also accept a field that occurs twice, and take the last one;
//! here that is an error.

use std::collections::BTreeSet;
use std::io::{self, Read};

/// Longest field that is kept, in bytes.
const MAX_KEPT: u64 = 256 * 1024;

/// Number and form of a field.
pub(crate) struct Field {
    pub(crate) number: u64,
    form: u64,
}

/// The fields of a message.
pub(crate) struct Fields<R> {
    from: R,
    kept: BTreeSet<u64>,
}

impl<R: Read> Fields<R> {
    pub(crate) fn of(from: R) -> Self {
        Self { from, kept: BTreeSet::new() }
    }

    /// The next field; its content must be taken or skipped before the one after it.
    pub(crate) fn next(&mut self) -> io::Result<Option<Field>> {
        let mut first = [0];
        if self.from.read(&mut first)? == 0 {
            return Ok(None);
        }
        let tag = self.rest_of_varint(first[0])?;
        Ok(Some(Field { number: tag >> 3, form: tag & 7 }))
    }

    /// A number.
    pub(crate) fn varint(&mut self, field: &Field) -> io::Result<u64> {
        self.keep(field, 0)?;
        self.number()
    }

    /// Bytes, a text or a message.
    pub(crate) fn bytes(&mut self, field: &Field) -> io::Result<Vec<u8>> {
        self.keep(field, 2)?;
        let length = self.number()?;
        if length > MAX_KEPT {
            return wrong("a field is too long");
        }
        let mut bytes = Vec::new();
        let read = self.from.by_ref().take(length).read_to_end(&mut bytes)?;
        if read as u64 == length { Ok(bytes) } else { wrong("it ends too early") }
    }

    /// Skips the content of a field.
    pub(crate) fn skip(&mut self, field: &Field) -> io::Result<()> {
        let length = match field.form {
            0 => return self.number().map(drop),
            1 => 8,
            2 => self.number()?,
            5 => 4,
            _ => return wrong("a field has an unknown form"),
        };
        let skipped = io::copy(&mut self.from.by_ref().take(length), &mut io::sink())?;
        if skipped == length { Ok(()) } else { wrong("it ends too early") }
    }

    fn keep(&mut self, field: &Field, form: u64) -> io::Result<()> {
        if field.form != form {
            return wrong("a field has another form");
        }
        if self.kept.insert(field.number) { Ok(()) } else { wrong("a field occurs twice") }
    }

    fn number(&mut self) -> io::Result<u64> {
        let mut first = [0];
        self.from.read_exact(&mut first)?;
        self.rest_of_varint(first[0])
    }

    fn rest_of_varint(&mut self, first: u8) -> io::Result<u64> {
        let (mut value, mut byte) = (u64::from(first & 0x7f), first);
        for shift in (7..70).step_by(7) {
            if byte & 0x80 == 0 {
                return Ok(value);
            }
            let mut next = [0];
            self.from.read_exact(&mut next)?;
            byte = next[0];
            if shift == 63 && byte > 1 {
                return wrong("a number is too large");
            }
            value |= u64::from(byte & 0x7f) << shift;
        }
        Ok(value)
    }
}

fn wrong<T>(what: &str) -> io::Result<T> {
    Err(io::Error::new(io::ErrorKind::InvalidData, what))
}
