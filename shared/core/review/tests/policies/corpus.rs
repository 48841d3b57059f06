//! Small sources with a planted fault and a near miss each, written by people who had not seen the rules: every fault is found at its
//! address, and no near miss is sent back. What is still open is listed, so that it can only become less.

use std::collections::{BTreeMap, BTreeSet};

use headgate_events::{Finding, Severity};

use crate::common::{Case, bundle, corpus, root};

/// A source: what is wrong at which addresses, and where the same is right.
struct Source {
    name: String,
    faults: Vec<String>,
    nears: Vec<String>,
    /// The approvers are told of it, and decide.
    warns: bool,
}

/// The sources of a case, from the comments at their beginning.
fn sources(case: &Case) -> Vec<Source> {
    let mut files: Vec<_> =
        std::fs::read_dir(&case.path).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "tf") && !f.ends_with("common.tf"));
    files.sort();
    let one = |file: &std::path::PathBuf| {
        let text = std::fs::read_to_string(file).unwrap();
        let of = |key: &str| -> Vec<String> {
            let values = text.lines().filter_map(|line| line.strip_prefix(key));
            values.map(|value| value.trim().to_owned()).collect()
        };
        Source {
            name: format!("{}/{}", case.name, file.file_stem().unwrap().to_str().unwrap()),
            faults: of("# Fault at:"),
            nears: of("# Near miss at:"),
            warns: !of("# Warns:").is_empty(),
        }
    };
    files.iter().map(one).collect()
}

/// What a source leaves open: a fault that nobody finds, or a near miss that is sent back.
fn open(source: &Source, found: &BTreeMap<String, Vec<Finding>>) -> Vec<String> {
    let least = if source.warns { Severity::Warning } else { Severity::Error };
    let rules = |address: &String| -> BTreeSet<&str> {
        let here = found.get(address).into_iter().flatten();
        here.filter(|f| f.severity >= least).map(|f| f.rule.as_str()).collect()
    };
    let blocked = |address: &&String| {
        found.get(*address).into_iter().flatten().any(|f| f.severity >= Severity::Error)
    };
    let nears: BTreeSet<_> = source.nears.iter().flat_map(rules).collect();
    let missed = source.faults.iter().filter(|a| rules(a).is_subset(&nears));
    let missed = missed.map(|address| format!("{} misses {address}", source.name));
    let blocked = source.nears.iter().filter(blocked);
    missed.chain(blocked.map(|address| format!("{} stops {address}", source.name))).collect()
}

#[test]
fn every_planted_fault_is_found_and_no_near_miss_is_sent_back() {
    let bundle = bundle();
    let (mut lines, mut closed, mut faults) = (BTreeSet::new(), 0, 0);
    for case in corpus() {
        let mut found = BTreeMap::<String, Vec<Finding>>::new();
        for finding in case.review(&bundle).findings {
            assert_ne!(finding.rule, "policy.broken", "{}: {}", case.name, finding.message);
            found.entry(finding.resource.clone()).or_default().push(finding);
        }
        for source in sources(&case) {
            assert!(!source.faults.is_empty() && !source.nears.is_empty(), "{}", source.name);
            let open = open(&source, &found);
            closed += usize::from(open.is_empty());
            faults += source.faults.len();
            lines.extend(open);
        }
    }
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let golden = root().join("../corpus/open.txt");
    if std::env::var_os("HEADGATE_UPDATE").is_some() {
        std::fs::write(&golden, &text).unwrap();
    }
    let counts = format!(
        "{closed} sources are as they should be; {faults} faults in all, {} lines open",
        lines.len()
    );
    assert!(closed >= 250, "{counts}");
    let known = std::fs::read_to_string(&golden).unwrap_or_default();
    assert_eq!(text, known, "{counts}; check what changed, then run with HEADGATE_UPDATE=1");
}
