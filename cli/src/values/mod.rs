//! Files with values of variables: read, and checked against the variables that the configuration declares.

mod types;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use hcl::Expression;
use hcl::eval::{Context, Evaluate as _};
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
        serde_json::from_str(&text).map_err(|e| failed(e.to_string()))?
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
    let body = hcl::parse(text).map_err(|e| e.to_string())?;
    if let Some(block) = body.blocks().next() {
        let kind = block.identifier();
        return Err(format!("it has a block `{kind}`, but may only have values of variables"));
    }
    let nothing = Context::new();
    let value = |attribute: &hcl::Attribute| {
        let name = attribute.key().to_owned();
        let value = attribute.expr().evaluate(&nothing);
        let value = value.map_err(|e| format!("the value of {name} is not constant: {e}"))?;
        let value = serde_json::to_value(value).map_err(|e| e.to_string())?;
        Ok((name, value))
    };
    body.attributes().map(value).collect()
}

/// Types of the variables that the configuration in `dir` declares, by name. `None` if a variable has none.
fn declared(dir: &Path) -> Result<BTreeMap<String, Option<Expression>>, Failure> {
    let failed =
        |path: &Path, problem: String| Failure::Usage(format!("{}: {problem}", path.display()));
    let entries = std::fs::read_dir(dir).map_err(|e| failed(dir, e.to_string()))?;
    let mut declared = BTreeMap::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        if !path.extension().is_some_and(|ending| ending == "tf" || ending == "tofu") {
            continue;
        }
        let text = text(&path).map_err(|e| failed(&path, e))?;
        let body = hcl::parse(&text).map_err(|e| failed(&path, e.to_string()))?;
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
    // Declarations in JSON (`*.tf.json`) are not read: then Terraform says what is wrong.
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
    }

    #[test]
    fn every_problem_of_every_file_is_told() {
        let dir = std::env::temp_dir().join(format!("headgate-values-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir_all(&dir).unwrap();
        let write = |name: &str, text: &str| std::fs::write(dir.join(name), text).unwrap();
        write("main.tf", "variable \"size\" {\n  type = number\n}\nvariable \"any\" {}\n");
        write("terraform.tfvars", "size = 3\nany = [1]\n");
        write("b.auto.tfvars.json", r#"{"size": "4"}"#);
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
