//! Plan files that Terraform 1.11.4 wrote (their sources are beside them), and files that it did not write.
#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write as _};

use headgate_domain::state::PlannedState;
use headgate_plan_file::{PlanFile, PlanFileError, StateVersion};
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
    assert_eq!(first.terraform_version, "1.11.4");
    assert_eq!(first.modules, ["."]);
    assert_eq!(first.config.keys().collect::<Vec<_>>(), [".terraform.lock.hcl", "main.tf"]);
    assert_eq!(first.config["main.tf"], include_bytes!("fixtures/source/main.tf"));
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
        ("bucket", "states"),
        ("key", "orders/terraform.tfstate"),
        ("region", "us-east-1"),
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
    assert!(matches!(PlanFile::read(&file), Err(PlanFileError::Archive(_))));
}

#[test]
fn a_state_that_does_not_exist_yet_has_no_version() {
    let none = StateVersion { lineage: String::new(), serial: 0 };
    assert_eq!(StateVersion::parse(b"\n").unwrap(), none);
    let some =
        StateVersion::parse(br#"{"version":4,"lineage":"l","serial":7,"outputs":{}}"#).unwrap();
    assert_eq!(some, StateVersion { lineage: "l".to_owned(), serial: 7 });
    assert!(StateVersion::parse(b"Error: no backend").is_err());
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
