//! Files with values of variables: read, and checked against the variables that the configuration declares.

mod types;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use hcl::Expression;
use hcl::eval::{Context, Evaluate as _};
use hcl::expr::Operation;
use headgate_domain::canonical::sha256_hex;
use headgate_review::ValuesFile;
use serde_json::Value;

use crate::fail::Failure;
use crate::input::Problems;

/// Most bytes of a file, and of a source file that may declare variables.
const MAX_BYTES: u64 = 1024 * 1024;

/// Reads the files that Terraform reads by itself in `dir`, and then `named`, in the order in which Terraform takes them
/// (<https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence>).
pub(crate) fn files(dir: &Path, named: &[PathBuf], problems: &mut Problems) -> Vec<ValuesFile> {
    let mut own = own(dir);
    own.extend(named.iter().map(|path| (path.display().to_string(), path.clone())));
    if own.is_empty() {
        return Vec::new();
    }
    let declared = problems.keep(declared(dir)).unwrap_or_default();
    let mut files = Vec::new();
    for (name, path) in own {
        let Some(file) = problems.keep(read(&name, &path)) else { continue };
        for problem in faults(&file, &declared) {
            problems.keep::<()>(Err(Failure::Usage(format!("{name}: {problem}"))));
        }
        files.push(file);
    }
    files
}

/// Files that Terraform reads without being told: `terraform.tfvars`, `terraform.tfvars.json`, then `*.auto.tfvars` and
/// `*.auto.tfvars.json` by name.
fn own(dir: &Path) -> Vec<(String, PathBuf)> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let automatic =
        |name: &String| name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json");
    let mut names: Vec<_> = names.filter(automatic).collect();
    names.sort();
    let first = ["terraform.tfvars", "terraform.tfvars.json"].map(str::to_owned);
    let all = first.into_iter().filter(|name| dir.join(name).is_file()).chain(names);
    all.map(|name| (name.clone(), dir.join(name))).collect()
}

fn read(name: &str, path: &Path) -> Result<ValuesFile, Failure> {
    let failed = |problem: String| Failure::Usage(format!("{name}: {problem}"));
    let text = text(path).map_err(failed)?;
    let values = if name.ends_with(".json") {
        // The parser's words may quote a value, which may be a secret.
        let at = |e: serde_json::Error| {
            format!(
                "it is not a JSON object with values (line {}, column {})",
                e.line(),
                e.column()
            )
        };
        serde_json::from_str(&text).map_err(|e| failed(at(e)))?
    } else {
        parse(&text).map_err(failed)?
    };
    Ok(ValuesFile { file: name.to_owned(), sha256: sha256_hex(text.as_bytes()), values })
}

fn text(path: &Path) -> Result<String, String> {
    let size = path.metadata().map_err(|e| e.to_string())?.len();
    if size > MAX_BYTES {
        return Err(format!("it has {size} bytes; at most {MAX_BYTES} are read"));
    }
    std::fs::read_to_string(path).map_err(|e| e.to_string())
}

/// The values of a `.tfvars` file. Terraform allows neither blocks nor references in it.
fn parse(text: &str) -> Result<BTreeMap<String, Value>, String> {
    let body = hcl_of(text)?;
    if let Some(block) = body.blocks().next() {
        let kind = block.identifier();
        return Err(format!("it has a block `{kind}`, but may only have values of variables"));
    }
    let nothing = Context::new();
    let value = |attribute: &hcl::Attribute| {
        let name = attribute.key().to_owned();
        let not_constant = || {
            format!(
                "the value of {name} is not constant: it may not refer to anything, call a function or loop"
            )
        };
        if !is_constant(attribute.expr()) {
            return Err(not_constant());
        }
        let value = attribute.expr().evaluate(&nothing).map_err(|_| not_constant())?;
        let value = serde_json::to_value(value).map_err(|e| e.to_string())?;
        Ok((name, value))
    };
    body.attributes().map(value).collect()
}

/// HCL. Where it is wrong, and not what stands there, which may be a secret.
fn hcl_of(text: &str) -> Result<hcl::Body, String> {
    let text = text.trim_start_matches('\u{feff}');
    hcl::parse(text).map_err(|error| match error {
        hcl::Error::Parse(error) => {
            let at = error.location();
            format!("it is not HCL (line {}, column {})", at.line(), at.column())
        }
        _ => "it is not HCL".to_owned(),
    })
}

/// Whether an expression can be evaluated without anything else, and in no more steps than it has parts.
fn is_constant(expression: &Expression) -> bool {
    match expression {
        Expression::Array(items) => items.iter().all(is_constant),
        Expression::Object(members) => members.iter().all(|(key, value)| {
            let constant = match key {
                hcl::expr::ObjectKey::Expression(key) => is_constant(key),
                _ => true,
            };
            constant && is_constant(value)
        }),
        Expression::Parenthesis(inner) => is_constant(inner),
        Expression::Operation(operation) => match &**operation {
            Operation::Unary(one) => is_constant(&one.expr),
            Operation::Binary(two) => is_constant(&two.lhs_expr) && is_constant(&two.rhs_expr),
        },
        Expression::Conditional(choice) => {
            [&choice.cond_expr, &choice.true_expr, &choice.false_expr].into_iter().all(is_constant)
        }
        Expression::Variable(_)
        | Expression::Traversal(_)
        | Expression::FuncCall(_)
        | Expression::ForExpr(_) => false,
        Expression::TemplateExpr(template) => {
            hcl::Template::from_expr(template).is_ok_and(|template| {
                template.elements().iter().all(|e| matches!(e, hcl::template::Element::Literal(_)))
            })
        }
        // Null, a truth value, a number or a text.
        _ => true,
    }
}

/// Types of the variables that the configuration in `dir` declares, by name. `None` if a variable has none.
fn declared(dir: &Path) -> Result<BTreeMap<String, Option<Expression>>, Failure> {
    let failed =
        |path: &Path, problem: String| Failure::Usage(format!("{}: {problem}", path.display()));
    let entries = std::fs::read_dir(dir).map_err(|e| failed(dir, e.to_string()))?;
    let mut declared = BTreeMap::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // As Terraform does: files of editors and of operating systems are no configuration.
        if name.starts_with(['.', '#']) || name.ends_with('~') {
            continue;
        }
        // Variables in JSON are not read, so nobody knows all.
        if name.ends_with(".tf.json") || name.ends_with(".tofu.json") {
            return Ok(BTreeMap::new());
        }
        if !name.ends_with(".tf") && !name.ends_with(".tofu") {
            continue;
        }
        let text = text(&path).map_err(|e| failed(&path, e))?;
        let body = hcl_of(&text).map_err(|e| failed(&path, e))?;
        for block in body.blocks().filter(|block| block.identifier() == "variable") {
            let Some(name) = block.labels().first() else { continue };
            let kind = block.body().attributes().find(|a| a.key() == "type");
            declared.insert(name.as_str().to_owned(), kind.map(|a| a.expr().clone()));
        }
    }
    Ok(declared)
}

/// What is wrong with the values of a file.
fn faults(file: &ValuesFile, declared: &BTreeMap<String, Option<Expression>>) -> Vec<String> {
    // Then Terraform says what is wrong.
    if declared.is_empty() {
        return Vec::new();
    }
    let fault = |(name, value): (&String, &Value)| match declared.get(name) {
        None => Some(format!(
            "the configuration declares no variable {name}; correct its name, or remove it"
        )),
        Some(None) => None,
        Some(Some(kind)) => types::fits(kind, value).err().map(|why| format!("{name}{why}")),
    };
    file.values.iter().filter_map(fault).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::{files, parse};
    use crate::input::Problems;

    #[test]
    fn values_are_constants() {
        assert_eq!(parse("a = -(60 * 60)\nb = true ? 1 : 2").unwrap().len(), 2);
        let text = "a = \"x\"\nb = 2\nc = [true, null]\nd = { \"k\" = -1, l = 1.5 }\ne = <<-EOT\n  hi\n  EOT\n";
        let values = serde_json::to_value(parse(text).unwrap()).unwrap();
        let expected =
            json!({ "a": "x", "b": 2, "c": [true, null], "d": { "k": -1, "l": 1.5 }, "e": "hi\n" });
        assert_eq!(values, expected);
        for bad in
            ["a = var.b", "a = file(\"x\")", "a = \"${var.b}\"", "x {}", "a = ", "a = 1\na = 2"]
        {
            assert!(parse(bad).is_err(), "{bad}");
        }
        for secret in ["a = \"hunter2", "a = sensitive(\"hunter2\")", "a = \"hunter2-${x}\""] {
            let said = parse(secret).unwrap_err();
            assert!(!said.contains("hunter2"), "{said}");
        }
    }

    #[test]
    fn every_problem_of_every_file_is_told() {
        let dir = std::env::temp_dir().join(format!("headgate-values-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir_all(&dir).unwrap();
        let write = |name: &str, text: &str| std::fs::write(dir.join(name), text).unwrap();
        write("main.tf", "variable \"size\" {\n  type = number\n}\nvariable \"any\" {}\n");
        write("terraform.tfvars", "size = 3\nany = [1]\n");
        write("b.auto.tfvars.json", r#"{"size": "4"}"#);
        write("._main.tf", "\0");
        write("bom.tf", "\u{feff}variable \"late\" {}\n");
        write("prod.tfvars", "size = \"large\"\nsise = 4\n");
        let mut problems = Problems::default();
        let read = files(&dir, &[], &mut problems);
        let names: Vec<_> = read.iter().map(|file| file.file.as_str()).collect();
        assert_eq!(names, ["terraform.tfvars", "b.auto.tfvars.json"]);
        assert_eq!(problems.none(Some(())).unwrap(), ());
        let mut problems = Problems::default();
        files(&dir, &[dir.join("prod.tfvars"), dir.join("none.tfvars")], &mut problems);
        let said = problems.none(Some(())).unwrap_err().message();
        assert_eq!(said.lines().count(), 3, "{said}");
        for part in ["no variable sise", "size must be a number", "none.tfvars: "] {
            assert!(said.contains(part), "missing {part} in {said}");
        }
        std::fs::remove_dir_all(dir).unwrap();
    }
}
