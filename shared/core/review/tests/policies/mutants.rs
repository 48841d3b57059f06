//! Mutation test of the policies. It removes each condition of each rule, removes each rule, and changes each
//! severity. Each time, at least one case in `policies/tests` must have different findings.

use crate::common;

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::proposals::proposals;
use common::{Case, cases, corpus, lines, root, scanned, team};
use headgate_review::{Bundle, BundleError};

/// Conditions that only keep a rule from failing on malformed input. They have no effect for a well-formed
/// plan.
const TYPES: [&str; 5] =
    ["is_string(", "is_number(", "is_object(", "json.is_valid(", "some key in"];

/// Mutants without a visible effect, as the trimmed text of the line and the reason.
const EQUIVALENT: &[(&str, &str)] = &[
    (
        "parsed(text) := [] if not is_string(text)",
        "an inline policy that is unknown has nothing to parse",
    ),
    (
        "statements(r, argument) := parsed(r.change.after[argument]) if is_string(r.change.after[argument])",
        "a value that is not text is parsed to nothing",
    ),
    ("some test", "declares a variable that the next line binds"),
    ("some side in [\"before\", \"after\"]", "no other member of a change has such texts"),
    (
        "some argument in [\"assume_role\", \"assume_role_with_web_identity\"]",
        "no other setting of a provider has a role",
    ),
    (
        "not type in object.keys(watched[\"judgement.slo\"])",
        "the provider that made the plans has no such type",
    ),
    (
        "regex.match(`^[0-9]+$`, sprintf(\"%v\", [policy.maxReceiveCount]))",
        "keeps to_number from breaking; no provider lets such a number through",
    ),
    ("count(subjects) > 0", "IAM takes no empty list"),
    (
        "there(use.address)",
        "a table or association without instance is like a route without one, which has its case",
    ),
    ("some group in i.groups", "the next line binds it, through the objects that use the group"),
    ("some gateway in gateways", "the next line binds it, and tables are looked up by their use"),
    ("use.argument == \"route\"", "no subnet uses anything else that uses a gateway"),
    ("use.argument == \"gateway_id\"", "a route has no other argument that refers to a gateway"),
    ("startswith(type, \"aws_\")", "the plans use no other provider"),
    ("tag_shaped(r.change.after[key])", "for providers before version 4"),
    ("contains(lower(name), \"headgate\")", "only avoids the regular expression on the next line"),
    ("some attribute in [\"tags\", \"tags_all\"]", "no other attribute has such members"),
    (
        "some attribute in [\"name\", \"bucket\", \"function_name\", \"identifier\", \"alarm_name\", \"name_prefix\", \"role\", \"alias\", \"event_bus_name\", \"table_name\", \"trail_name\"]",
        "every other attribute with the name gives the same result",
    ),
    (
        "names_itself(address) if input.plan.blocks[address].type in generators",
        "the plans use no other provider",
    ),
    (
        "member(unknown, at) := unknown[at] if is_array(unknown)",
        "an object has its members under the same names",
    ),
    ("class := input.environment.class if not lib.production", "no row is for another class yet"),
    ("tag_shaped(x) if is_object(x)", "for providers before version 4"),
    ("tag_shaped(x) if is_null(x)", "for providers before version 4"),
    (
        "count(data.settings.agent_scopes) > 0",
        "the cases have scopes; a test in `bundle.rs` has none",
    ),
    ("count(own) > 0", "where a plan knows what an argument refers to, it knows a name of that"),
];

struct Mutant {
    what: String,
    text: String,
}

/// Every mutant of a file.
fn mutants(text: &str) -> Vec<Mutant> {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = Vec::new();
    let mut push = |what: String, lines: Vec<String>| {
        out.push(Mutant { what, text: lines.join("\n") + "\n" });
    };
    let with = |at: usize, line: &str| {
        let mut all: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
        all[at] = line.to_owned();
        all
    };
    for (at, line) in lines.iter().enumerate() {
        let place = format!("line {}: {}", at + 1, line.trim());
        // A condition on a line of its own.
        let condition = line.starts_with('\t')
            && !TYPES.iter().any(|guard| line.trim_start().starts_with(guard))
            && !line.trim_start().starts_with(['"', '}', '#'])
            && !line.trim_end().ends_with([',', '{', '(', '['])
            && !line.trim().is_empty()
            && inside_body(&lines, at);
        if condition {
            push(format!("without {place}"), with(at, ""));
        }
        let one_line = !line.starts_with(['\t', '#']) && !line.ends_with('{');
        if let Some((head, _)) = line.split_once(" if ").filter(|_| one_line) {
            push(format!("never: {place}"), with(at, &format!("{head} if false")));
            push(format!("always: {place}"), with(at, &format!("{head} if true")));
        }
        for (from, to) in [
            ("\"critical\",", "\"error\","),
            ("\"error\",", "\"warning\","),
            ("\"warning\",", "\"error\","),
        ] {
            if line.contains(from) && line.trim_start().starts_with(['"', 'g', 'd', 'r']) {
                push(format!("{to} at {place}"), with(at, &line.replacen(from, to, 1)));
                break;
            }
        }
        if line.starts_with("findings contains") || line.starts_with("demands contains") {
            let end = (at..lines.len())
                .find(|i| lines[*i] == "}" || lines[*i].is_empty())
                .unwrap_or(lines.len() - 1);
            let all = lines.iter().enumerate();
            let kept = all.filter(|(i, _)| !(at..=end).contains(i)).map(|(_, l)| (*l).to_owned());
            push(format!("without the rule at {place}"), kept.collect());
        }
    }
    out
}

/// Whether a line is in the body of a rule or function: after the line that ends in `if {`.
fn inside_body(lines: &[&str], at: usize) -> bool {
    for line in lines[..at].iter().rev() {
        if line.ends_with("if {") {
            return true;
        }
        if *line == "}" || !line.starts_with('\t') && !line.starts_with(')') {
            return false;
        }
    }
    false
}

/// What the cases find with the bundle as it is.
fn found() -> &'static Vec<(Case, String)> {
    static FOUND: OnceLock<Vec<(Case, String)>> = OnceLock::new();
    FOUND.get_or_init(|| {
        let bundle = compiled(&files_with("", "")).unwrap();
        let found = |case: Case| (lines(&case.review(&bundle)), case);
        cases().into_iter().chain(corpus()).map(found).map(|(found, case)| (case, found)).collect()
    })
}

/// What the guards find in each proposal.
fn guarded() -> &'static Vec<String> {
    static FOUND: OnceLock<Vec<String>> = OnceLock::new();
    FOUND.get_or_init(|| {
        let bundle = compiled(&files_with("", "")).unwrap();
        proposals().iter().map(|(proposal, _)| lines(&proposal.review(&bundle))).collect()
    })
}

/// What the review says to scans in a fleet.
fn reviewed() -> &'static Vec<String> {
    static FOUND: OnceLock<Vec<String>> = OnceLock::new();
    FOUND.get_or_init(|| scanned::reviews(&compiled(&files_with("", "")).unwrap()).unwrap())
}

/// The bundle's files with `text` instead of one of them. Without the patterns of texts, which take as long to compile as all the rest.
fn files_with(file: &str, text: &str) -> Vec<(String, String)> {
    let folders = ["", "data/"].map(|name| (name, root().join("..").join(name)));
    let paths = folders.into_iter().flat_map(|(prefix, folder)| {
        let paths = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
        paths.map(move |p| (format!("{prefix}{}", p.file_name().unwrap().display()), p))
    });
    let paths = paths.filter(|(name, _)| name.ends_with(".rego") || name.ends_with(".json"));
    let mut files: Vec<_> = paths
        .map(|(name, path)| {
            let own = || std::fs::read_to_string(&path).unwrap();
            let text = if name == file { text.to_owned() } else { own() };
            (format!("headgate/{name}"), text)
        })
        .collect();
    files.sort();
    let (name, settings) = team();
    files.push((format!("team/{name}"), settings));
    files
}

fn compiled(files: &[(String, String)]) -> Result<Bundle, BundleError> {
    Bundle::compile(files.iter().map(|(name, text)| (name.clone(), text.as_str())))
}

/// Whether some case notices. `last` is the case that noticed the mutant before, which is often close to this one.
fn is_killed(file: &str, mutant: &str, last: &mut usize) -> bool {
    // A bundle that does not compile is always noticed.
    let Ok(bundle) = compiled(&files_with(file, mutant)) else {
        return true;
    };
    let guards = || {
        proposals().iter().zip(guarded()).any(|((p, _), known)| {
            p.try_review(&bundle).map_or(true, |report| lines(&report) != *known)
        })
    };
    if file == "guards.rego" && guards() {
        return true;
    }
    if file == "scans.rego"
        && scanned::reviews(&bundle).map_or(true, |reviews| reviews != *reviewed())
    {
        return true;
    }
    // The section's own cases first: they notice nearly everything.
    let sections: &[&str] = match file.trim_end_matches(".rego") {
        "escalation" | "statements" | "trust" | "unseen" => &["iam"],
        "conditions" | "denials" | "shares" => &["resource"],
        "network" | "paths" | "reach" => &["network", "exposure"],
        "parameters" => &["parameters", "workloads", "encryption"],
        "resource_policies" => &["resource", "encryption"],
        "weaker" => &["guardrails"],
        section => &[section],
    };
    let (own, others): (Vec<_>, Vec<_>) = (0..found().len())
        .partition(|n| sections.iter().any(|section| found()[*n].0.name.starts_with(section)));
    let notices = |n: &usize| {
        let (case, known) = &found()[*n];
        let report = case.try_review(&bundle, &case.plan);
        report.map_or(true, |report| lines(&report) != *known)
    };
    let killer = [*last].into_iter().chain(own).chain(others).find(notices);
    *last = killer.unwrap_or(*last);
    killer.is_some()
}

/// Every policy, by its name, except the one that needs the patterns that are left out. `texts.rs` tests that one.
fn policies() -> Vec<(String, String)> {
    let files = files_with("", "").into_iter();
    let rego = files.filter(|(name, _)| name.ends_with(".rego") && !name.ends_with("/texts.rego"));
    rego.map(|(name, text)| (name.replacen("headgate/", "", 1), text)).collect()
}

#[test]
fn the_policies_themselves_are_not_noticed() {
    let (file, text) = policies().swap_remove(0);
    assert!(!is_killed(&file, &text, &mut 0), "every mutant would be");
}

#[test]
fn every_mutant_of_every_policy_is_noticed() {
    let mut all = Vec::new();
    for (file, text) in policies() {
        let mutants = mutants(&text);
        assert!(mutants.len() > 5, "{file} has only {} mutants", mutants.len());
        all.extend(mutants.into_iter().map(|mutant| (file.clone(), mutant)));
    }
    all.retain(|(_, mutant)| !EQUIVALENT.iter().any(|(line, _)| mutant.what.ends_with(line)));
    // The cases of one rule are near each other, so each thread takes some mutants in a row.
    let (chunks, next) = (all.chunks(8).collect::<Vec<_>>(), AtomicUsize::new(0));
    let survivors = || {
        let (mut survivors, mut last) = (Vec::new(), 0);
        while let Some(chunk) = chunks.get(next.fetch_add(1, Ordering::Relaxed)) {
            let survive = chunk.iter().filter(|(file, m)| !is_killed(file, &m.text, &mut last));
            survivors.extend(survive.map(|(file, m)| format!("{file}: {}", m.what)));
        }
        survivors
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let survivors: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(survivors)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(survivors.is_empty(), "these survive:\n{}", survivors.join("\n"));
}
