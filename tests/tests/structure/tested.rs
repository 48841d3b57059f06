//! `test = false` spares a second compilation of what has no unit tests. Nothing that has some may say it.

use std::path::Path;

use crate::packages;

/// Whether a file, or a file in a folder, has tests.
fn has_tests(path: &Path) -> bool {
    if path.is_dir() {
        let entries = std::fs::read_dir(path).unwrap();
        return entries.map(|entry| entry.unwrap().path()).any(|path| has_tests(&path));
    }
    let is_code = path.extension().is_some_and(|e| e == "rs");
    let marks =
        ["#[test]", "#[tokio::test", "cfg(test)", "cfg(all(test", "cfg(any(test", "proptest!"];
    let is_test = |line: &str| {
        let line = line.trim_start();
        !line.starts_with("//") && marks.iter().any(|mark| line.contains(mark))
    };
    is_code && std::fs::read_to_string(path).unwrap().lines().any(is_test)
}

#[test]
fn only_what_has_no_unit_tests_is_left_out() {
    let mut wrong = Vec::new();
    for package in packages().values() {
        let targets = package.targets.iter().filter(|t| t.is_lib() || t.is_bin());
        for target in targets.filter(|t| t.name != "headgate-unify") {
            let root = target.src_path.as_std_path();
            let entries = match target.is_lib() {
                true => std::fs::read_dir(root.parent().unwrap())
                    .unwrap()
                    .map(|e| e.unwrap().path())
                    .collect(),
                false => vec![root.to_owned()],
            };
            let tested = entries.iter().filter(|e| !e.ends_with("bin")).any(|e| has_tests(e));
            // The modules of `xtask` have tests of their own, and its only target is a program.
            if tested != target.test && package.name.as_str() != "xtask" {
                wrong.push(format!("{}: {}: test = {}", package.name, target.name, target.test));
            }
        }
    }
    assert!(wrong.is_empty(), "add or remove `test = false`: {wrong:#?}");
}
