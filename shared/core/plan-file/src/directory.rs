//! The directory of a ZIP archive (APPNOTE.TXT 4.3.12), read strictly.
//!
//! Programs differ in how they read archives that are out of the ordinary: entries of the same name, names in extra fields (Info-ZIP's
//! Unicode path, 0x7075), other names in front of the content than in the directory, archives behind archives. Terraform writes none of
//! these, so they are errors. What people are shown is then what Terraform reads.

use std::collections::BTreeSet;

/// Most entries.
const MAX_ENTRIES: u16 = 20_000;
/// The record that ends an archive (4.3.16): its length without a comment, and its signature.
const END: usize = 22;
const END_SIGNATURE: &[u8] = b"PK\x05\x06";
/// An entry of the directory, and the header in front of its content (4.3.7).
const ENTRY: usize = 46;
const ENTRY_SIGNATURE: &[u8] = b"PK\x01\x02";
const HEADER: usize = 30;
const HEADER_SIGNATURE: &[u8] = b"PK\x03\x04";
/// Flags: sizes follow the content (4.3.9), and the name is UTF-8. Go's library writes no others.
const DESCRIPTOR: u16 = 1 << 3;
const UTF8: u16 = 1 << 11;
const DESCRIPTOR_SIGNATURE: &[u8] = b"PK\x07\x08";
const DESCRIPTOR_SIZE: usize = 16;
/// The record before the last one in archives of more than 4 GB (4.3.15), and its signature.
const ZIP64: usize = 20;
const ZIP64_SIGNATURE: &[u8] = b"PK\x06\x07";
/// Compression methods: stored and deflated.
const METHODS: [u16; 2] = [0, 8];

/// The number of entries, if there is only one way to read the archive.
pub(crate) fn entries(bytes: &[u8]) -> Result<usize, &'static str> {
    let at = bytes.len().checked_sub(END).filter(|at| bytes[*at..].starts_with(END_SIGNATURE));
    let at = at.ok_or("it is not a ZIP archive without a comment")?;
    let end = &bytes[at..];
    let (entries, size, offset) = (two(end, 10)?, four(end, 12)?, four(end, 16)?);
    let alone =
        two(end, 4)? == 0 && two(end, 6)? == 0 && two(end, 8)? == entries && two(end, 20)? == 0;
    // Go also looks for a larger archive if the size is the largest number of two bytes.
    let large = size == usize::from(u16::MAX)
        || at.checked_sub(ZIP64).is_some_and(|from| bytes[from..].starts_with(ZIP64_SIGNATURE));
    if !alone || large || entries > MAX_ENTRIES || offset.checked_add(size) != Some(at) {
        return Err("its directory of entries is not at its end");
    }
    let mut names = BTreeSet::new();
    let (mut directory, mut content) = (&bytes[offset..at], 0);
    for _ in 0..entries {
        let (entry, rest) = entry(directory)?;
        directory = rest;
        if !names.insert(entry.name) {
            return Err("two of its entries have one name");
        }
        // Contents follow each other without a gap, so that there is no place for another archive.
        if entry.header != content || content >= offset {
            return Err("its entries do not follow each other");
        }
        content = entry.end(&bytes[..offset])?;
    }
    match (directory.is_empty(), content == offset) {
        (true, true) => Ok(usize::from(entries)),
        _ => Err("there is more in it than its entries"),
    }
}

/// An entry of the directory.
struct Entry<'a> {
    name: &'a [u8],
    flags: u16,
    /// Position of the header in front of its content.
    header: usize,
    /// Compressed size of its content.
    size: usize,
}

/// The first entry of the directory, and what follows it.
fn entry(directory: &[u8]) -> Result<(Entry<'_>, &[u8]), &'static str> {
    if !directory.starts_with(ENTRY_SIGNATURE) {
        return Err("its directory is damaged");
    }
    let (flags, method) = (two(directory, 8)?, two(directory, 10)?);
    let lengths = [two(directory, 28)?, two(directory, 30)?].map(usize::from);
    let alone = two(directory, 32)? == 0 && two(directory, 34)? == 0;
    if !METHODS.contains(&method) || !alone || flags & !(DESCRIPTOR | UTF8) != 0 {
        return Err("an entry is compressed or stored in another way than Terraform does it");
    }
    let [name, extra] = lengths;
    let extra_at = ENTRY + name;
    let name = directory.get(ENTRY..extra_at).ok_or(SHORT)?;
    only_time(directory.get(extra_at..extra_at + extra).ok_or(SHORT)?)?;
    let text = std::str::from_utf8(name).map_err(|_| NAME)?;
    if text.chars().any(char::is_control) || (!text.is_ascii() && flags & UTF8 == 0) {
        return Err(NAME);
    }
    let entry = Entry { name, flags, header: four(directory, 42)?, size: four(directory, 20)? };
    Ok((entry, directory.get(extra_at + extra..).ok_or(SHORT)?))
}

impl Entry<'_> {
    /// Checks the header in front of the content. Returns where the content ends, with its descriptor if it has one.
    fn end(&self, bytes: &[u8]) -> Result<usize, &'static str> {
        let header = bytes.get(self.header..).ok_or(SHORT)?;
        if !header.starts_with(HEADER_SIGNATURE) {
            return Err("an entry is damaged");
        }
        let (name, extra) = (usize::from(two(header, 26)?), usize::from(two(header, 28)?));
        let content = HEADER + name + extra;
        if header.get(HEADER..HEADER + name) != Some(self.name) || two(header, 6)? != self.flags {
            return Err("an entry has another name in front of its content");
        }
        only_time(header.get(HEADER + name..content).ok_or(SHORT)?)?;
        let mut end = content.checked_add(self.size).ok_or(SHORT)?;
        if self.flags & DESCRIPTOR != 0 {
            if !header.get(end..).is_some_and(|rest| rest.starts_with(DESCRIPTOR_SIGNATURE)) {
                return Err("an entry is damaged");
            }
            end += DESCRIPTOR_SIZE;
        }
        Ok(self.header + end)
    }
}

/// Checks that the extra fields are one with a time, or none.
fn only_time(extra: &[u8]) -> Result<(), &'static str> {
    match extra {
        [] | [0x55, 0x54, 5, 0, 1, _, _, _, _] => Ok(()),
        _ => Err("an entry has an extra field that programs read in different ways"),
    }
}

const SHORT: &str = "it ends too early";
const NAME: &str = "an entry has a name that programs read in different ways";

fn two(bytes: &[u8], at: usize) -> Result<u16, &'static str> {
    let two = bytes.get(at..at + 2).ok_or(SHORT)?;
    Ok(u16::from_le_bytes([two[0], two[1]]))
}

/// A number of four bytes. The largest one stands for a number elsewhere, in an archive of more than 4 GB.
fn four(bytes: &[u8], at: usize) -> Result<usize, &'static str> {
    let four = bytes.get(at..at + 4).ok_or(SHORT)?;
    match u32::from_le_bytes([four[0], four[1], four[2], four[3]]) {
        u32::MAX => Err("it is too large"),
        number => usize::try_from(number).map_err(|_| SHORT),
    }
}
