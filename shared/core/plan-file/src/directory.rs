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
/// The only extra field that Terraform writes: the time of modification.
const TIME: u16 = 0x5455;
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
    if !alone || entries > MAX_ENTRIES || offset.checked_add(size) != Some(at) {
        return Err("its directory of entries is not at its end");
    }
    let mut names = BTreeSet::new();
    let (mut directory, mut content) = (&bytes[offset..at], 0);
    for _ in 0..entries {
        let (name, header, rest) = entry(directory)?;
        directory = rest;
        if !names.insert(name) {
            return Err("two of its entries have one name");
        }
        // Contents follow each other, so that none can be read as a part of another.
        if header < content || header >= offset || local_name(&bytes[header..offset])? != name {
            return Err("an entry has another name in front of its content");
        }
        content = header + HEADER;
    }
    if directory.is_empty() {
        Ok(usize::from(entries))
    } else {
        Err("its directory has more in it")
    }
}

/// Name of an entry of the directory, position of its header, and what follows it.
fn entry(directory: &[u8]) -> Result<(&[u8], usize, &[u8]), &'static str> {
    if !directory.starts_with(ENTRY_SIGNATURE) {
        return Err("its directory is damaged");
    }
    let (method, name, extra, comment) =
        (two(directory, 10)?, two(directory, 28)?, two(directory, 30)?, two(directory, 32)?);
    if !METHODS.contains(&method) || comment != 0 || two(directory, 34)? != 0 {
        return Err("an entry is compressed or stored in another way than Terraform does it");
    }
    let header = four(directory, 42)?;
    let extra_at = ENTRY + usize::from(name);
    let end = extra_at + usize::from(extra);
    let (name, extra, rest) = (
        directory.get(ENTRY..extra_at).ok_or(SHORT)?,
        directory.get(extra_at..end).ok_or(SHORT)?,
        directory.get(end..).ok_or(SHORT)?,
    );
    let plain = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
    if !name.iter().all(plain) {
        return Err("an entry has a name that programs read in different ways");
    }
    only_time(extra)?;
    Ok((name, header, rest))
}

/// The name in the header in front of an entry's content.
fn local_name(header: &[u8]) -> Result<&[u8], &'static str> {
    if !header.starts_with(HEADER_SIGNATURE) {
        return Err("an entry is damaged");
    }
    let (name, extra) = (usize::from(two(header, 26)?), usize::from(two(header, 28)?));
    only_time(header.get(HEADER + name..HEADER + name + extra).ok_or(SHORT)?)?;
    header.get(HEADER..HEADER + name).ok_or(SHORT)
}

/// Checks that extra fields say nothing but the time.
fn only_time(mut extra: &[u8]) -> Result<(), &'static str> {
    while !extra.is_empty() {
        let size = usize::from(two(extra, 2)?);
        if two(extra, 0)? != TIME {
            return Err("an entry has an extra field that programs read in different ways");
        }
        extra = extra.get(4 + size..).ok_or(SHORT)?;
    }
    Ok(())
}

const SHORT: &str = "it ends too early";

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
