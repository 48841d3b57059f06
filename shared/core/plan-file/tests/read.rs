//! Plan files that Terraform 1.11.4 wrote (their sources are beside them), and files that it did not write.
#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write as _};

use headgate_domain::state::PlannedState;
use headgate_plan_file::{PlanFile, PlanFileError, StateFile, planned_state};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const FIRST: &[u8] = include_bytes!("fixtures/first.tfplan");
const SECOND: &[u8] = include_bytes!("fixtures/second.tfplan");
const WORKSPACE: &[u8] = include_bytes!("fixtures/workspace.tfplan");
const S3: &[u8] = include_bytes!("fixtures/s3.tfplan");

fn state(file: &[u8]) -> PlannedState {
    PlanFile::read(file).unwrap().state
}

fn place(pairs: &[(&str, &str)]) -> std::collections::BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn the_state_of_a_plan_is_read() {
    let first = PlanFile::read(FIRST).unwrap();
    assert_eq!(first.modules, ["."]);
    assert!(first.lock.unwrap().starts_with(b"# This file is maintained automatically"));
    let expected = PlannedState {
        backend: "local".to_owned(),
        place: place(&[("path", "state/orders.tfstate")]),
        workspace: "default".to_owned(),
        lineage: String::new(),
        serial: 0,
    };
    assert_eq!(first.state, expected);
    let second = state(SECOND);
    assert_eq!((second.lineage.len(), second.serial), (36, 3));
    assert!(!second.is_same_place(&first.state));
    assert!(second.is_same_place(&PlannedState { serial: 4, ..second.clone() }));
    // Of two plans of one configuration, only the plan and the state differ.
    let digest = |file: &[u8]| PlanFile::read(file).unwrap().config_sha256;
    assert_eq!(digest(FIRST), digest(SECOND));
    assert_ne!(digest(FIRST), digest(S3));
    for part in ["tfconfig/m-/main.tf", ".terraform.lock.hcl", "tfconfig/modules.json"] {
        let other = edited(FIRST, |name, mut bytes| {
            if name == part {
                bytes.push(b'\n');
            }
            Some(bytes)
        });
        assert_ne!(digest(&other), digest(FIRST), "{part}");
    }
    assert_eq!(state(WORKSPACE), PlannedState { workspace: "staging".to_owned(), ..expected });
}

#[test]
fn credentials_of_a_backend_are_not_returned() {
    let s3 = state(S3);
    assert_eq!((s3.backend.as_str(), s3.workspace.as_str(), s3.serial), ("s3", "default", 1));
    let place = place(&[
        ("access_key", "(hidden)"),
        ("bucket", "states"),
        ("endpoints.s3", "http://localhost:4599"),
        ("key", "orders/terraform.tfstate"),
        ("region", "us-east-1"),
        ("secret_key", "(hidden)"),
    ]);
    assert_eq!(s3.place, place);
}

/// A copy of a plan file whose entries `edit` may change.
fn edited(file: &[u8], edit: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>>) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut entry = from.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        std::io::copy(&mut entry, &mut bytes).unwrap();
        if let Some(bytes) = edit(&name, bytes) {
            to.start_file(name, SimpleFileOptions::default()).unwrap();
            to.write_all(&bytes).unwrap();
        }
    }
    to.finish().unwrap().into_inner()
}

/// A plan file with bytes behind its plan message. Protobuf merges what occurs twice, and takes the last value.
fn with(appended: &[u8]) -> Vec<u8> {
    edited(S3, |name, mut bytes| {
        if name == "tfplan" {
            bytes.extend_from_slice(appended);
        }
        Some(bytes)
    })
}

#[test]
fn a_file_that_could_be_read_in_two_ways_is_refused() {
    let is_entry = |file: &[u8], entry: &str, said: &str| match PlanFile::read(file).unwrap_err() {
        PlanFileError::Entry(name, why) => {
            assert!(name == entry && why.to_string().contains(said), "{why}")
        }
        other => panic!("{other}"),
    };
    assert!(PlanFile::read(&with(b"")).is_ok());
    // A second backend: type `s4`.
    is_entry(&with(&[0x6a, 4, 0x0a, 2, b's', b'4']), "tfplan", "occurs twice");
    is_entry(&with(&[0x08, 3]), "tfplan", "occurs twice");
    // A field whose end is missing, a group, and a number of eleven bytes.
    is_entry(&with(&[0x1a, 9, 0]), "tfplan", "too early");
    is_entry(&with(&[0x1b]), "tfplan", "unknown form");
    is_entry(&with(&[0x10, 255, 255, 255, 255, 255, 255, 255, 255, 255, 2]), "tfplan", "too large");
    for without in ["tfplan", "tfstate", "tfconfig/modules.json"] {
        let file = edited(S3, |name, bytes| (name != without).then_some(bytes));
        assert!(
            matches!(PlanFile::read(&file), Err(PlanFileError::Entry(name, _)) if name == without)
        );
    }
    let empty =
        edited(S3, |name, bytes| Some(if name == "tfplan" { vec![0x08, 3] } else { bytes }));
    assert!(matches!(PlanFile::read(&empty), Err(PlanFileError::NoBackend)));
    let newer =
        edited(S3, |name, bytes| Some(if name == "tfplan" { vec![0x08, 4] } else { bytes }));
    assert!(matches!(PlanFile::read(&newer), Err(PlanFileError::Version(4))));

    let mut comment = S3.to_vec();
    let end = comment.len();
    comment[end - 2] = 1;
    comment.push(b'x');
    // Two archives, one behind the other: programs differ in which of them they read.
    let two = [FIRST, S3].concat();
    let mut behind = S3.to_vec();
    behind.extend_from_slice(b"more");
    for file in [&comment, &two, &behind, &b"bytes".to_vec(), &Vec::new(), &b"PK\x03\x04".to_vec()]
    {
        assert!(matches!(PlanFile::read(file), Err(PlanFileError::Archive(_))));
    }
}

#[test]
fn entries_of_one_name_are_refused() {
    // `tfstatX` becomes a second `tfstate`, in the directory and before its content.
    let double = edited(SECOND, |_, bytes| Some(bytes));
    let mut from = ZipArchive::new(Cursor::new(double.as_slice())).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        to.raw_copy_file(from.by_index_raw(index).unwrap()).unwrap();
    }
    to.start_file("tfstatX", SimpleFileOptions::default()).unwrap();
    to.write_all(br#"{"lineage":"other","serial":1}"#).unwrap();
    let mut file = to.finish().unwrap().into_inner();
    assert!(PlanFile::read(&file).is_ok());
    while let Some(at) = file.windows(7).position(|window| window == b"tfstatX") {
        file[at + 6] = b'e';
    }
    match PlanFile::read(&file) {
        Err(PlanFileError::Archive(why)) => assert!(why.contains("one name"), "{why}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_state_that_an_apply_begins_with_is_read() {
    let none = StateFile::parse(b"\n").unwrap();
    assert!(none.lost_in(&planned_state(FIRST).unwrap()).is_empty());
    assert!(StateFile::parse(b"Error: no backend").is_err());
    let before = planned_state(SECOND).unwrap();
    assert_eq!((before.lineage.len(), before.serial), (36, 3));
    assert!(before.lost_in(&before).is_empty());
    assert_eq!(before.lost_in(&none), ["terraform_data.first", "terraform_data.second"]);
    // Edited copies of the state, with lineage and serial as they were.
    let edited = |edit: &dyn Fn(&mut serde_json::Value)| {
        let mut other = before.clone();
        edit(&mut other.resources);
        before.lost_in(&other)
    };
    let second = ["terraform_data.second"];
    assert_eq!(edited(&|r| drop(r.as_array_mut().unwrap().remove(1))), second);
    assert_eq!(edited(&|r| r[1]["instances"][0]["attributes"]["id"] = "other".into()), second);
    assert_eq!(edited(&|r| r[1]["instances"][0]["index_key"] = 0.into()), second);
    assert_eq!(edited(&|r| r[1]["module"] = "module.m".into()), second);
    // A refresh or a newer provider changes other attributes.
    assert!(edited(&|r| r[1]["instances"][0]["attributes"]["input"] = "other".into()).is_empty());
}

#[test]
fn an_executor_gets_every_setting_of_the_backend() {
    let s3 = PlanFile::read(S3).unwrap().backend;
    assert_eq!((s3.kind.as_str(), &s3.config["secret_key"]), ("s3", &"test".into()));
    assert_eq!(s3.config["endpoints"]["s3"], "http://localhost:4599");
    assert!(!format!("{s3:?}").contains("test"), "credentials are in its text");
}

/// Info-ZIP's extra field for a name in Unicode: some programs read that name, Terraform reads the other.
#[test]
fn a_name_in_an_extra_field_is_refused() {
    let mut extra = vec![0x75, 0x70, 0, 0, 1, 0, 0, 0, 0];
    extra.extend_from_slice(b"tfplan");
    extra[2] = u8::try_from(extra.len() - 4).unwrap();
    // Appended to the extra fields of the first entry, in the directory and before its content.
    let with_extra = |directory: bool, local: bool| {
        let mut file = S3.to_vec();
        let end = file.len() - 22;
        let four =
            |bytes: &[u8], at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        let mut start = four(&file, end + 16) as usize;
        let grow = u16::try_from(extra.len()).unwrap();
        let insert = |file: &mut Vec<u8>, length_at: usize, at: usize| {
            let length = u16::from_le_bytes([file[length_at], file[length_at + 1]]);
            file[length_at..length_at + 2].copy_from_slice(&(length + grow).to_le_bytes());
            let at = at + usize::from(length);
            drop(file.splice(at..at, extra.iter().copied()));
        };
        let entries = usize::from(u16::from_le_bytes([file[end + 10], file[end + 11]]));
        if local {
            // The first content is at position 0, so all others move.
            let name = usize::from(u16::from_le_bytes([file[26], file[27]]));
            insert(&mut file, 28, 30 + name);
            start += extra.len();
            let mut at = start;
            for _ in 0..entries {
                let offset = four(&file, at + 42);
                if offset > 0 {
                    let moved = offset + u32::from(grow);
                    file[at + 42..at + 46].copy_from_slice(&moved.to_le_bytes());
                }
                let length = |from: usize| {
                    usize::from(u16::from_le_bytes([file[at + from], file[at + from + 1]]))
                };
                at += 46 + length(28) + length(30) + length(32);
            }
        }
        if directory {
            let name = usize::from(u16::from_le_bytes([file[start + 28], file[start + 29]]));
            insert(&mut file, start + 30, start + 46 + name);
        }
        let end = file.len() - 22;
        let size = u32::try_from(end - start).unwrap();
        file[end + 12..end + 16].copy_from_slice(&size.to_le_bytes());
        let start = u32::try_from(start).unwrap();
        file[end + 16..end + 20].copy_from_slice(&start.to_le_bytes());
        file
    };
    assert!(PlanFile::read(&with_extra(false, false)).is_ok());
    for file in [with_extra(true, false), with_extra(false, true), with_extra(true, true)] {
        // It is an archive, and only its extra fields are wrong.
        assert!(ZipArchive::new(Cursor::new(file.as_slice())).is_ok());
        match PlanFile::read(&file) {
            Err(PlanFileError::Archive(why)) => assert!(why.contains("extra field"), "{why}"),
            other => panic!("{other:?}"),
        }
    }
}

/// Go looks for a second directory if the first one has 65,535 bytes, and there is a place for it between contents and directory.
#[test]
fn there_is_no_place_for_a_second_archive() {
    let is_archive = |file: &[u8], said: &str| match PlanFile::read(file) {
        Err(PlanFileError::Archive(why)) => assert!(why.contains(said), "{why}"),
        other => panic!("{other:?}"),
    };
    let end = S3.len() - 22;
    let offset = u32::from_le_bytes(S3[end + 16..end + 20].try_into().unwrap());
    let at = usize::try_from(offset).unwrap();
    // A gap between the contents and the directory.
    let mut gap = S3.to_vec();
    drop(gap.splice(at..at, [0; 64]));
    let end = gap.len() - 22;
    gap[end + 16..end + 20].copy_from_slice(&(offset + 64).to_le_bytes());
    assert!(ZipArchive::new(Cursor::new(gap.as_slice())).is_ok());
    is_archive(&gap, "more in it than its entries");
    // A longer time, which is a place for anything.
    let mut long = S3.to_vec();
    let name = usize::from(u16::from_le_bytes([long[at + 28], long[at + 29]]));
    let extra = at + 46 + name;
    assert_eq!(&long[extra..extra + 4], [0x55, 0x54, 5, 0]);
    long[extra + 2] = 6;
    long[at + 30] = 10;
    long.insert(extra + 9, 0);
    let end = long.len() - 22;
    let size = u32::from_le_bytes(long[end + 12..end + 16].try_into().unwrap()) + 1;
    long[end + 12..end + 16].copy_from_slice(&size.to_le_bytes());
    is_archive(&long, "extra field");
}

/// The report on the plan must fit into an item of the ledger, whatever the proposer has made of the plan file.
#[test]
fn settings_that_no_item_can_hold_are_refused() {
    // MessagePack: a map of 1,000 members, each with a name of ten bytes.
    let mut config = vec![0xde, 0x03, 0xe8];
    for n in 0..1_000 {
        config.push(0xaa);
        config.extend_from_slice(format!("name{n:06}").as_bytes());
        config.extend_from_slice(&[0xa1, b'x']);
    }
    let bytes = |number: u8, content: &[u8]| {
        let mut field = vec![number << 3 | 2];
        let mut length = content.len();
        while length >= 0x80 {
            field.push((length & 0x7f) as u8 | 0x80);
            length >>= 7;
        }
        field.push(length as u8);
        field.extend_from_slice(content);
        field
    };
    let backend = [bytes(1, b"s3"), bytes(2, &bytes(1, &config)), bytes(3, b"default")].concat();
    let plan = [vec![0x08, 3], bytes(13, &backend)].concat();
    let file = edited(S3, |name, bytes| Some(if name == "tfplan" { plan.clone() } else { bytes }));
    match PlanFile::read(&file) {
        Err(PlanFileError::Entry("tfplan", why)) => {
            assert!(why.to_string().contains("too long"), "{why}")
        }
        other => panic!("{other:?}"),
    }
}

/// A second backend behind so much padding that a reader with a limit does not come to it.
#[test]
fn what_comes_after_the_limit_is_not_ignored() {
    let second = [0x6a, 4, 0x0a, 2, b's', b'4'];
    let bomb = edited(S3, |name, mut bytes| {
        if name == "tfplan" {
            let padding = 256 * 1024 * 1024 - bytes.len() - 6;
            bytes.extend_from_slice(&[0xa2, 0x06]); // field 100, bytes
            let mut length = padding;
            while length >= 0x80 {
                bytes.push((length & 0x7f) as u8 | 0x80);
                length >>= 7;
            }
            bytes.push(length as u8);
            bytes.resize(bytes.len() + padding, 0);
            bytes.extend_from_slice(&second);
        }
        Some(bytes)
    });
    match PlanFile::read(&bomb) {
        Err(PlanFileError::Entry("tfplan", why)) => assert_eq!(why.to_string(), "it is too large"),
        other => panic!("{other:?}"),
    }
    let long = edited(S3, |name, bytes| {
        Some(if name == "tfstate" {
            format!(r#"{{"lineage":"{}"}}"#, "l".repeat(9_000)).into_bytes()
        } else {
            bytes
        })
    });
    assert!(matches!(PlanFile::read(&long), Err(PlanFileError::Entry("tfplan", _))));
}

proptest! {
    /// Damaged files are errors or other plans, but no panics and no endless reads.
    #[test]
    fn damaged_files_do_no_harm(at in 0..S3.len(), byte: u8, cut in 0..S3.len()) {
        let mut file = S3.to_vec();
        file[at] = byte;
        drop(PlanFile::read(&file));
        drop(PlanFile::read(&file[..cut]));
    }
}
