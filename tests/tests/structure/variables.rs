//! The environment variables of functions: named once in Rust, and the same ones set by Terraform.

use std::collections::BTreeSet;
use std::path::Path;

const NAMES: &str = "shared/platform/runtime/src/variables.rs";
const PREFIX: &str = "HEADGATE_";

#[test]
fn terraform_sets_the_variables_that_functions_read() {
    let names = named(&std::fs::read_to_string(crate::root().join(NAMES)).unwrap());
    let mut set = BTreeSet::new();
    each(&crate::root().join("terraform/modules"), "tf", &mut |_, text| set.extend(named(text)));
    assert!(names.len() > 30);
    assert_eq!(names, set);
}

#[test]
fn code_names_variables_by_their_constants() {
    for folder in ["functions", "shared"] {
        each(&crate::root().join(folder), "rs", &mut |path, text| {
            let code = text.split("#[cfg(test)]").next().unwrap();
            let tests = path.components().any(|c| c.as_os_str() == "tests");
            let names = path.ends_with(NAMES);
            let literal = code.lines().find(|l| l.contains("\"HEADGATE_") && !l.contains("//"));
            if !tests
                && !names
                && let Some(line) = literal
            {
                panic!("{}: use a constant of {NAMES} in: {line}", path.display());
            }
        });
    }
}

/// Every name that begins with the prefix.
fn named(text: &str) -> BTreeSet<String> {
    let name = |rest: &str| -> String {
        rest.chars().take_while(|c| c.is_ascii_uppercase() || *c == '_').collect()
    };
    text.split(PREFIX).skip(1).map(name).filter(|n| !n.is_empty()).collect()
}

/// Calls `found` for every file with this extension.
fn each(folder: &Path, extension: &str, found: &mut dyn FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            each(&path, extension, found);
        } else if path.extension().is_some_and(|e| e == extension) {
            found(&path, &std::fs::read_to_string(&path).unwrap());
        }
    }
}
