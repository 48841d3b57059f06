//! Generates real plans for the policy tests. Terraform makes them from the sources in
//! `policies/tests/<case>`. They are committed beside the sources, so that the tests do not need Terraform.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::deploy::Terraform;
use crate::paths;
use crate::progress::{logged, output, step};

/// Folder with a case's earlier configuration: the resources that already exist when the plan is made.
const BEFORE: &str = "before";
/// Repository of the module that cases load over Git. Their sources contain this path.
const MODULE: &str = "/tmp/headgate-policy-tests/module.git";

/// Timestamp written into every plan, so that regenerating a plan does not change it.
const MADE_AT: &str = "2026-11-01T00:00:00Z";

/// Source of that module. The missing variable description is deliberate: it must not be reported, because
/// only the module's owner can add it.
const MODULE_TEXT: &str = "variable \"name\" {\n  default = \"module\"\n}\n\n\
                           output \"name\" {\n  value = var.name\n}\n";

/// Folders with cases.
const FOLDERS: [&str; 2] = ["policies/tests", "policies/corpus"];

/// Generates the plans of all cases, or of the cases whose name contains `filter`.
pub fn plans(filter: Option<&str>) -> Result<()> {
    module()?;
    let mut made = 0;
    for root in FOLDERS.map(|folder| paths::root().join(folder)) {
        let mut cases: Vec<_> = std::fs::read_dir(&root)?.flatten().map(|e| e.path()).collect();
        cases.sort();
        for case in cases.iter().filter(|path| has_sources(path)) {
            let name = case.file_name().and_then(|n| n.to_str()).unwrap_or_default();
            if filter.is_none_or(|f| name.contains(f)) {
                step(&format!("plan {name}"), || plan(&root, case, name))?;
                made += 1;
            }
        }
    }
    if filter.is_none_or(|f| "examples".contains(f)) {
        step("plan examples", examples)?;
        made += 1;
    }
    if made == 0 {
        bail!("no case in {} has a name that contains the filter", FOLDERS.join(" or "));
    }
    Ok(())
}

/// Whether a folder has Terraform sources of its own.
fn has_sources(case: &Path) -> bool {
    let files = std::fs::read_dir(case).into_iter().flatten().flatten().map(|e| e.path());
    files
        .filter(|f| f.file_name().is_none_or(|n| n != "common.tf"))
        .any(|f| f.extension().is_some_and(|e| e == "tf"))
}

fn plan(root: &Path, case: &Path, name: &str) -> Result<()> {
    let work = paths::home().join("plans").join(name);
    if work.exists() {
        std::fs::remove_dir_all(&work)?;
    }
    let module = work.join("module");
    std::fs::create_dir_all(&module)?;
    let own = case.join("common.tf");
    let common = if own.is_file() { own } else { common() };
    std::fs::copy(common, module.join("common.tf"))?;
    let terraform = Terraform::new(&module, &work, None)?;
    let state = work.join("before.tfstate");
    let before = case.join(BEFORE).join("main.tf");
    if before.is_file() {
        std::fs::copy(before, module.join("main.tf"))?;
        let planned = make(&terraform, &work, None)?;
        std::fs::write(&state, serde_json::to_string_pretty(&applied(&planned))?)?;
        std::fs::remove_file(module.join("main.tf"))?;
    }
    copy(case, &module)?;
    let mut planned = make(&terraform, &work, state.is_file().then_some(state.as_path()))?;
    // Replace only the timestamp. Otherwise every run would produce a different file.
    planned["timestamp"] = json!(MADE_AT);
    let text = serde_json::to_string(&planned)? + "\n";
    // The plans of the corpus have hundreds of resources each, and nobody reads them.
    if root.ends_with("corpus") {
        let file = std::fs::File::create(case.join("plan.json.gz"))?;
        let mut packed = GzEncoder::new(file, Compression::best());
        packed.write_all(text.as_bytes())?;
        packed.finish()?;
    } else {
        std::fs::write(case.join("plan.json"), text)?;
    }
    std::fs::write(case.join("sources.sha256"), digest(root, case)? + "\n")?;
    Ok(())
}

/// The settings of Terraform and the provider for all cases that do not bring their own.
fn common() -> PathBuf {
    paths::root().join("policies/tests/common.tf")
}

/// Generates the plan of `examples/`, which the end-to-end stories propose.
fn examples() -> Result<()> {
    let work = paths::home().join("plans/examples");
    let terraform = Terraform::new(&paths::root().join("examples"), &work, None)?;
    let mut planned = make(&terraform, &work, None)?;
    planned["timestamp"] = json!(MADE_AT);
    let fixture = paths::root().join("tests/fixtures/plan.json");
    std::fs::write(fixture, serde_json::to_string(&planned)? + "\n")?;
    Ok(())
}

/// Runs `terraform init` and `terraform plan` without calling AWS, and returns the plan as JSON.
fn make(terraform: &Terraform, work: &Path, state: Option<&Path>) -> Result<Value> {
    terraform.init()?;
    let file = work.join("plan.out").display().to_string();
    let out = format!("-out={file}");
    let mut args = vec!["plan", "-input=false", "-no-color", "-refresh=false", &out];
    let from = state.map(|path| format!("-state={}", path.display()));
    args.extend(from.as_deref());
    // The provider wants credentials, though nothing is called.
    let mut command = terraform.command(&args);
    command.envs([("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test")]);
    logged(&mut command, &work.join("plan.log"))?;
    let text = output(&mut terraform.command(&["show", "-json", &file]))?;
    serde_json::from_str(&text).context("cannot parse the answer of `terraform show -json`")
}

/// Returns the state after applying a plan, as far as the plan contains it.
fn applied(plan: &Value) -> Value {
    let resources = plan["planned_values"]["root_module"]["resources"].as_array();
    let resources = resources.into_iter().flatten().map(|resource| {
        let mut values = resource["values"].clone();
        values["id"] = resource["address"].clone();
        let provider = resource["provider_name"].as_str().unwrap_or_default();
        let mut instance =
            json!({ "schema_version": resource["schema_version"], "attributes": values });
        if !resource["index"].is_null() {
            instance["index_key"] = resource["index"].clone();
        }
        json!({
            "mode": "managed", "type": resource["type"], "name": resource["name"],
            "provider": format!("provider[\"{provider}\"]"), "instances": [instance],
        })
    });
    json!({
        "version": 4, "terraform_version": plan["terraform_version"], "serial": 1,
        "lineage": "00000000-0000-0000-0000-000000000000", "outputs": {},
        "resources": resources.collect::<Vec<_>>(),
    })
}

/// Returns the SHA-256 of all sources of a case's plan.
fn digest(root: &Path, case: &Path) -> Result<String> {
    let mut files = Vec::new();
    sources(case, &mut files)?;
    let line = |name: String, file: &Path| -> Result<String> {
        Ok(format!("{}  {name}\n", hex::encode(Sha256::digest(std::fs::read(file)?))))
    };
    let mut text = line("common.tf".to_owned(), &common())?;
    for file in files {
        text.push_str(&line(file.strip_prefix(root)?.display().to_string(), &file)?);
    }
    Ok(hex::encode(Sha256::digest(text.as_bytes())))
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let mut entries: Vec<_> = std::fs::read_dir(folder)?.flatten().map(|e| e.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "tf" || e == "tfvars") {
            files.push(path);
        }
    }
    Ok(())
}

/// Copies the sources and local modules of a case.
fn copy(from: &Path, to: &Path) -> Result<()> {
    for entry in std::fs::read_dir(from)?.flatten() {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() && entry.file_name() != BEFORE {
            std::fs::create_dir_all(&target)?;
            copy(&path, &target)?;
        } else if path.extension().is_some_and(|e| e == "tf" || e == "tftpl" || e == "tfvars") {
            std::fs::copy(&path, &target)?;
        }
    }
    Ok(())
}

/// Creates the module's Git repository, with a tag and the branch `main`.
fn module() -> Result<()> {
    let repository = Path::new(MODULE);
    if repository.join("HEAD").is_file() {
        return Ok(());
    }
    let work = repository.with_extension("work");
    std::fs::create_dir_all(&work)?;
    std::fs::write(work.join("main.tf"), MODULE_TEXT)?;
    let identity = ["-c", "user.name=headgate", "-c", "user.email=headgate@localhost"];
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        command.args(identity).args(args).current_dir(&work);
        output(&mut command)
    };
    git(&["init", "-q", "-b", "main"])?;
    git(&["add", "main.tf"])?;
    git(&["commit", "-q", "-m", "module"])?;
    git(&["tag", "v1.0.0"])?;
    git(&["clone", "-q", "--bare", ".", MODULE])?;
    Ok(())
}
