//! Every grader: which answers pass, which do not, and how a grader fails.

use headgate_suites::grade::grade;
use headgate_suites::suite::{Files, Suite, Task};
use headgate_suites::{CaseOutcome, Grade, Reply, graded};

fn task(graders: &str, files: &[(&str, &str)]) -> Task {
    let mut all = Files::default();
    let suite = "name = \"demo\"\nfamily = \"demo\"\n";
    let text = format!("prompts = [\"x\"]\nattachments = [\"data.json\"]\n{graders}");
    let fixed = [
        ("suite.toml", suite),
        ("data.json", r#"{"limit": 3}"#),
        ("tasks/a.toml", &text),
        ("tasks/b.toml", &text),
    ];
    for (name, text) in fixed.iter().chain(files) {
        all.files.insert((*name).to_owned(), (*text).to_owned());
    }
    Suite::read(&all).unwrap().tasks.remove(0)
}

fn all(task: &Task, answer: &str) -> Vec<Grade> {
    grade(task, &Reply { answer, seconds: 2.0, usd: 0.02 }).unwrap()
}

#[track_caller]
fn scores(grader: &str, answer: &str, score: f64, evidence: &str) {
    let grades = all(&task(&format!("[[graders]]\n{grader}\n"), &[]), answer);
    let grade = &grades[0];
    assert!((grade.score - score).abs() < 1e-9, "{grade:?}");
    assert!(grade.evidence.contains(evidence), "{grade:?}");
}

#[test]
fn texts() {
    let contains = "kind = \"contains\"\nall = [\"Yes\"]\nnone = [\"no\"]";
    scores(contains, "YES", 1.0, "");
    scores(contains, "yes, or no", 0.0, "`no` must not appear");
    scores(contains, "perhaps", 0.0, "`Yes` is missing");
    scores("kind = \"regex\"\npattern = '^\\d+$'", "42", 1.0, "42");
    scores("kind = \"regex\"\npattern = '^\\d+$'", "4 2", 0.0, "nothing matches");
    scores("kind = \"length\"\ncharacters = 3", "äöü", 1.0, "");
    scores("kind = \"length\"\ncharacters = 3", "abcd", 0.0, "4 characters; at most 3 are allowed");
    scores("kind = \"latency\"\nseconds = 1.5", "x", 0.0, "2 s; at most 1.5 are allowed");
    scores("kind = \"cost\"\nusd = 0.1", "x", 1.0, "");
}

#[test]
fn hcl() {
    scores("kind = \"hcl_parses\"", "resource \"a\" \"b\" {\n", 0.0, "");
    scores("kind = \"hcl_parses\"", "Just words.", 0.0, "");
    scores("kind = \"hcl_parses\"", "", 0.0, "it has no blocks");
    scores("kind = \"hcl_parses\"", "resource \"a\" \"b\" {}\n", 1.0, "1 blocks");
    let region = "kind = \"region\"\nregion = \"eu-central-1\"";
    scores(region, "provider \"aws\" {\n  region = \"eu-central-1\"\n}\n", 1.0, "");
    scores(region, "provider \"aws\" {}\n", 0.0, "the region eu-central-1 is not named");
    scores(
        region,
        "resource \"a\" \"b\" {\n  zones = [\"eu-central-1a\", \"us-gov-west-1b\", \"us-east-1\"]\n}\n",
        0.0,
        "a.b: `zones` names us-east-1",
    );
}

#[test]
fn wildcards() {
    let allows = |policy: &str, evidence: &str| {
        let answer = format!("resource \"aws_iam_policy\" \"p\" {{\n  policy = {policy}\n}}\n");
        scores(
            "kind = \"no_wildcards\"",
            &answer,
            f64::from(u8::from(evidence.is_empty())),
            evidence,
        );
    };
    allows(
        r#"jsonencode({ Statement = [{ Action = "s3:*", Resource = "x" }] })"#,
        "`Action` is `s3:*`",
    );
    allows(
        r#"jsonencode({ Statement = [{ Action = ["s3:Get"], Resource = ["*"] }] })"#,
        "`Resource` is `*`",
    );
    allows(r#"jsonencode({ Statement = [{ "NotAction" = ["*"] }] })"#, "`NotAction` is `*`");
    allows("<<JSON\n{\"Statement\": [{\"Principal\": {\"AWS\": \"*\"}}]}\nJSON\n", "`AWS` is `*`");
    allows(
        r#"jsonencode({ Statement = [{ Action = "s3:GetObject", Resource = "arn:aws:s3:::b/*" }] })"#,
        "",
    );
}

#[test]
fn tags() {
    let tags = "kind = \"required_tags\"\ntags = [\"Owner\", \"Env\"]";
    let bucket = |tags: &str| format!("resource \"aws_s3_bucket\" \"b\" {{\n  tags = {tags}\n}}\n");
    scores(tags, &bucket("{ Owner = \"a\", \"Env\" = \"b\" }"), 1.0, "");
    scores(tags, &bucket("merge(local.x, { Owner = \"a\", Env = \"b\" })"), 1.0, "");
    scores(tags, &bucket("{ Owner = \"a\" }"), 0.0, "aws_s3_bucket.b lacks Env");
    let provider = "provider \"aws\" {\n  default_tags {\n    tags = { Owner = \"a\" }\n  }\n}\n";
    scores(tags, &format!("{provider}{}", bucket("{ Env = \"b\" }")), 1.0, "");
    let half =
        format!("{provider}{}resource \"aws_sqs_queue\" \"q\" {{}}\n", bucket("{ Env = \"b\" }"));
    scores(tags, &half, 0.5, "aws_sqs_queue.q lacks Env");
    scores(tags, "resource \"aws_s3_bucket_policy\" \"p\" {}\n", 0.0, "there is no resource");
}

#[test]
fn layout() {
    let wrong =
        |answer: &str, evidence: &str| scores("kind = \"hcl_formatted\"", answer, 0.0, evidence);
    let right = |answer: &str| scores("kind = \"hcl_formatted\"", answer, 1.0, "");
    right("a \"b\" {\n  x   = 1\n  xyz = \"{\" # }\n\n  y = [\n    1,\n  ]\n}\n");
    // The formatter treats a heredoc as one line.
    right("a \"b\" {\n  p  = <<EOT\n   {anything\n EOT\n  qq = 1\n}\n");
    wrong("a \"b\" {\n  p = <<EOT\n   {anything\n EOT\n  qq = 1\n}\n", "line 2: `=` not aligned");
    right("a \"b\" {\n  /* {\n any */\n  x = \"${f(\"}\")}\"\n}\n");
    wrong("a \"b\" {\n x = 1\n}\n", "line 2: not indented");
    wrong("a \"b\" {\n  x = 1\n  xyz = 2\n}\n", "line 2: `=` not aligned");
    wrong("a \"b\" {\n  x = 1 \n}\n", "line 2: space at the end");
    wrong("a \"b\" {\n  x =1\n}\n", "line 2: `=` not aligned, or not between single spaces");
    wrong("a \"b\" {\n\tx = 1\n}\n", "line 2: not indented");
}

#[test]
fn json() {
    let task = task(
        "[[graders]]\nkind = \"json_schema\"\nschema = \"s.json\"\n",
        &[(
            "s.json",
            r#"{"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}"#,
        )],
    );
    assert!(all(&task, r#"{"a": 1}"#)[0].passed);
    let grade = &all(&task, r#"{"a": "1"}"#)[0];
    assert!(!grade.passed && grade.evidence.starts_with("/a: "), "{grade:?}");
    assert!(all(&task, "{")[0].evidence.starts_with("it is not valid JSON"));
}

#[test]
fn rego_sees_the_answer_and_what_the_task_attaches() {
    let policy = "package grader\nimport rego.v1\nscore := 1 if input.json.n <= input.attachments[\"data.json\"].limit\n\
                  else := 0.25\nevidence contains \"too many\" if input.json.n > 3\n";
    let task = task(
        "[[graders]]\nkind = \"rego\"\npolicy = \"p.rego\"\nat_least = 0.5\n",
        &[("p.rego", policy)],
    );
    assert!(all(&task, r#"{"n": 2}"#)[0].passed);
    let grade = &all(&task, r#"{"n": 4}"#)[0];
    assert!(
        !grade.passed && (grade.score - 0.25).abs() < 1e-9 && grade.evidence == "too many",
        "{grade:?}"
    );
}

#[test]
fn a_grader_that_cannot_work_is_no_zero() {
    let fails = |policy: &str| {
        let task =
            task("[[graders]]\nkind = \"rego\"\npolicy = \"p.rego\"\n", &[("p.rego", policy)]);
        grade(&task, &Reply { answer: "x", seconds: 0.0, usd: 0.0 }).unwrap_err().to_string()
    };
    let said = fails("package grader\nscore := \"high\"\n");
    assert_eq!(said, "grader `rego`: its `score` is \"high\", not a number from 0 to 1");
    let said = fails("package grader\nscore := 7\n");
    assert_eq!(said, "grader `rego`: its score is 7, not from 0 to 1");
}

#[test]
fn an_answer_that_a_policy_did_not_think_of_is_wrong_and_not_left_out() {
    let score = |policy: &str| {
        let grader = "[[graders]]\nkind = \"rego\"\npolicy = \"p.rego\"\n";
        let task = task(grader, &[("p.rego", policy)]);
        all(&task, "x = { a = 1 }")[0].score
    };
    // The policy expects a text, and the answer has an object.
    let policy = "package grader\nimport rego.v1\ndefault score := 0\nscore := 1 if regex.match(`a`, input.hcl.x)\n";
    assert!(score(policy).abs() < 1e-9);
    // The policy defines no score for this answer.
    let policy = "package grader\nimport rego.v1\nscore := 1 if input.hcl.y\n";
    assert!(score(policy).abs() < 1e-9);
    let policy = "package grader\nimport rego.v1\nscore := 1 if input.hcl.x\n";
    assert!((score(policy) - 1.0).abs() < 1e-9);
}

#[test]
fn weights_and_what_is_not_required() {
    let task = task(
        "[[graders]]\nkind = \"contains\"\nall = [\"a\"]\nweight = 3.0\n\
         [[graders]]\nkind = \"length\"\ncharacters = 1\nrequired = false\n",
        &[],
    );
    let outcome = |answer: &str| match graded(&task.graders, all(&task, answer)) {
        CaseOutcome::Graded { score, passed, .. } => (score, passed),
        other => panic!("{other:?}"),
    };
    assert_eq!(outcome("a"), (1.0, true));
    assert_eq!(outcome("aa"), (0.75, true));
    assert_eq!(outcome("b"), (0.25, false));
}
