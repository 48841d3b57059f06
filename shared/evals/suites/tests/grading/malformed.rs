//! Suites that are not valid, and their error messages.

use headgate_suites::suite::{Files, FilesError, MAX_BYTES, Suite};

const SUITE: &str = r#"name = "demo"
family = "demo"

[[graders]]
kind = "contains"
all = ["yes"]
"#;
const TASK: &str = "prompts = [\"Say yes.\"]\n";

/// A valid suite with some files replaced or added. A file with the text `-` is removed.
fn with(changes: &[(&str, &str)]) -> Files {
    let mut files = Files::default();
    let good = [("suite.toml", SUITE), ("tasks/a.toml", TASK), ("tasks/b.toml", TASK)];
    for (name, text) in good.iter().chain(changes) {
        files.files.insert((*name).to_owned(), (*text).to_owned());
    }
    files.files.retain(|_, text| text != "-");
    files
}

#[track_caller]
fn refused(changes: &[(&str, &str)], expected: &[&str]) {
    let error = Suite::read(&with(changes)).unwrap_err();
    let said: Vec<String> = error.0.iter().map(ToString::to_string).collect();
    assert_eq!(said, expected);
}

#[test]
fn a_good_one_is_read() {
    let suite = Suite::read(&with(&[])).unwrap();
    assert_eq!((suite.repeats, suite.prompts()), (5, 2));
    assert_eq!(suite.digest.len(), 64);
    assert_eq!(Files::from_archive(&with(&[]).archive()).unwrap(), with(&[]));
}

#[test]
fn every_problem_is_said_by_file_and_line() {
    refused(
        &[
            ("suite.toml", &SUITE.replace("\"demo\"\n\n", "\"Demo Family\"\nrepeats = 0\n\n")),
            ("tasks/a.toml", "prompts = []\n"),
            ("tasks/b.toml", "prompts = [\n  \"x\",\n  \" \",\n]\nwithout = [\"regex\"]\n"),
        ],
        &[
            "suite.toml:2: `family` must be 1 to 64 lowercase letters, digits and `-`",
            "suite.toml:3: `repeats` must be 1 to 100",
            "tasks/a.toml:1: `prompts` has 0 entries; give 1 to 50",
            "tasks/b.toml:3: this prompt is empty; write it or remove it",
            "tasks/b.toml:5: `without` names the grader `regex`, which the suite does not have",
        ],
    );
}

#[test]
fn what_is_missing_is_said() {
    refused(
        &[("suite.toml", "-")],
        &["suite.toml: is missing; a suite is a folder with `suite.toml` and `tasks/<name>.toml`"],
    );
    refused(
        &[("tasks/a.toml", "-")],
        &["suite.toml: the number of valid tasks in `tasks/` is 1; it must be 2 to 500"],
    );
    refused(
        &[(
            "suite.toml",
            &SUITE.replace("family = \"demo\"", "family = \"demo\"\nsystem = \"s.md\""),
        )],
        &["suite.toml:3: there is no file `s.md` in the suite's folder"],
    );
    refused(
        &[("suite.toml", "name = \"demo\"\nfamily = \"demo\"\n")],
        &[
            "tasks/a.toml:1: this task has no grader; add `[[graders]]` here or in suite.toml",
            "tasks/b.toml:1: this task has no grader; add `[[graders]]` here or in suite.toml",
        ],
    );
}

#[test]
fn what_is_no_toml_is_said() {
    refused(
        &[("tasks/a.toml", "prompts = [\"x\"]\nprompt = 1\n")],
        &[
            "suite.toml: the number of valid tasks in `tasks/` is 1; it must be 2 to 500",
            "tasks/a.toml:2: unknown field `prompt`, expected one of `prompts`, `attachments`, `without`, `graders`",
        ],
    );
    refused(
        &[("suite.toml", "name = \"demo\nfamily = 1")],
        &["suite.toml:1: invalid basic string, expected `\"`"],
    );
}

#[track_caller]
fn grader(text: &str, expected: &str) {
    refused(&[("tasks/a.toml", &format!("{TASK}[[graders]]\n{text}"))], &[expected]);
}

#[test]
fn every_grader_has_what_it_needs_and_nothing_else() {
    grader("kind = \"region\"", "tasks/a.toml:3: the grader `region` needs `region`");
    grader("kind = \"required_tags\"", "tasks/a.toml:3: the grader `required_tags` needs `tags`");
    grader("kind = \"contains\"", "tasks/a.toml:3: the grader `contains` needs `all` or `none`");
    grader("kind = \"length\"", "tasks/a.toml:3: the grader `length` needs `characters`");
    grader("kind = \"latency\"", "tasks/a.toml:3: the grader `latency` needs `seconds`");
    grader("kind = \"cost\"", "tasks/a.toml:3: the grader `cost` needs `usd`");
    grader(
        "kind = \"hcl_parses\"\npattern = \"x\"",
        "tasks/a.toml:4: the grader `hcl_parses` has no setting `pattern`; remove it",
    );
    grader("kind = \"hcl_parses\"\nat_least = 2.0", "tasks/a.toml:4: `at_least` must be 0 to 1");
    grader(
        "kind = \"rego\"\npolicy = \"x.rego\"",
        "tasks/a.toml:4: there is no file `x.rego` in the suite's folder",
    );
}

#[test]
fn what_graders_are_given_is_looked_at_before_anything_is_paid_for() {
    let said = |grader: &str, file: (&str, &str)| -> String {
        let task = format!("{TASK}[[graders]]\n{grader}");
        let error = Suite::read(&with(&[("tasks/a.toml", &task), file])).unwrap_err();
        error.0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    let regex = said("kind = \"regex\"\npattern = \"(\"", ("x", ""));
    assert!(
        regex.starts_with("tasks/a.toml:4: this is not a valid regular expression: "),
        "{regex}"
    );
    let rego = said("kind = \"rego\"\npolicy = \"p.rego\"", ("p.rego", "package grader\nscore :="));
    assert!(rego.starts_with("tasks/a.toml:4: `p.rego` does not compile: "), "{rego}");
    let rego =
        said("kind = \"rego\"\npolicy = \"p.rego\"", ("p.rego", "package other\nscore := 1"));
    assert!(rego.contains("its package is `other`, not `grader`"), "{rego}");
    let rego =
        said("kind = \"rego\"\npolicy = \"p.rego\"", ("p.rego", "package grader\nother := 1"));
    assert!(rego.contains("it has no rule `score`"), "{rego}");
    let large = said("kind = \"regex\"\npattern = \"(a{1000}){1000}\"", ("x", ""));
    assert!(
        large.starts_with("tasks/a.toml:4: this is not a valid regular expression: "),
        "{large}"
    );
    let latency = said("kind = \"latency\"\nseconds = nan", ("x", ""));
    assert!(latency.contains("tasks/a.toml:4: `seconds` must be 0 to 3600"), "{latency}");
    let schema = said("kind = \"json_schema\"\nschema = \"s.json\"", ("s.json", "{\"type\": 1}"));
    assert!(
        schema.starts_with("tasks/a.toml:4: `s.json` is not a valid JSON Schema: "),
        "{schema}"
    );
    let kind = said("kind = \"magic\"", ("x", ""));
    assert!(kind.contains("tasks/a.toml:3: unknown variant `magic`, expected one of"), "{kind}");
}

#[test]
fn a_suite_that_is_too_large_is_no_archive() {
    let big = with(&[("big.txt", &"x".repeat(MAX_BYTES))]);
    let error = Files::from_archive(&big.archive()).unwrap_err();
    assert!(matches!(error, FilesError::TooLarge { .. }), "{error}");
    let error = Files::from_archive(b"[]").unwrap_err().to_string();
    assert!(error.contains("is not JSON of the form"), "{error}");
}

#[test]
fn a_task_that_every_answer_passes_is_none() {
    let task = "prompts = [\"x\"]\nwithout = [\"contains\"]\n[[graders]]\nkind = \"length\"\ncharacters = 9\nrequired = false\n";
    refused(
        &[("tasks/a.toml", task)],
        &[
            "tasks/a.toml:1: no grader of this task is required, so every answer would pass; require one",
        ],
    );
}

#[test]
fn a_task_has_no_more_graders_than_fit_an_event() {
    let grader =
        |i: u32| format!("[[graders]]\nname = \"g{i}\"\nkind = \"length\"\ncharacters = 9\n");
    let task = format!("prompts = [\"x\"]\n{}", (0..20).map(grader).collect::<String>());
    refused(
        &[("tasks/a.toml", &task)],
        &["tasks/a.toml:1: this task has 21 graders; the limit is 20"],
    );
}

#[test]
fn a_link_leads_nowhere() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("linked");
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(folder.join("plans")).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", folder.join("plans/x.json")).unwrap();
    let error = Files::from_folder(&folder).unwrap_err().to_string();
    assert!(
        error.ends_with(
            "x.json is a link or a special file; a suite may contain only regular files and folders"
        ),
        "{error}"
    );
}
