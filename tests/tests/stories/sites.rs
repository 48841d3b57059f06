//! `headgate apply` with the real Terraform, which needs no provider for these configurations.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use headgate_e2e::{BOT, World};
use serde_json::Value;

use crate::applies::ended;

/// A folder with a configuration that reads a file during the apply, made and planned by the real Terraform.
pub(crate) struct Site {
    pub(crate) dir: PathBuf,
    environment: &'static str,
}

const MAIN: &str = r#"
resource "terraform_data" "first" {
  input = "orders"
}

resource "terraform_data" "second" {
  input = templatefile("${path.module}/files/note.tpl", { first = terraform_data.first.id })

  provisioner "local-exec" {
    command = "cp files/note.tpl written.txt"
  }
}
"#;

impl Site {
    /// A folder with this configuration, initialized.
    fn new(world: &World, main: &str) -> Self {
        Self::within(world, "planfile", main)
    }

    /// A site whose changes go to this environment.
    pub(crate) fn within(world: &World, environment: &'static str, main: &str) -> Self {
        let dir = std::env::temp_dir().join(world.id("site"));
        std::fs::create_dir_all(dir.join("files")).unwrap();
        let site = Self { dir, environment };
        site.write("main.tf", main);
        site.write("files/note.tpl", "It is ${first}.");
        site.write("tests.txt", "12 passed");
        site.terraform(&["init", "-input=false"]);
        site
    }

    fn plan(&self) {
        self.plan_with(&[]);
    }

    pub(crate) fn plan_with(&self, more: &[&str]) {
        self.terraform(&[&["plan", "-input=false", "-out=orders.tfplan"], more].concat());
        let shown = self.terraform(&["show", "-json", "orders.tfplan"]);
        std::fs::write(self.dir.join("plan.json"), shown).unwrap();
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.dir.join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.dir.join(name)).unwrap()
    }

    fn terraform(&self, args: &[&str]) -> Vec<u8> {
        let mut command = Command::new(terraform());
        providers(&mut command);
        let output = command.args(args).current_dir(&self.dir).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    /// Proposes the plan, and waits until it is approved.
    pub(crate) fn submit(&self, world: &World) -> String {
        let (change, engagement) = (world.id("chg"), world.id("eng"));
        world.engage(&engagement);
        let dossier = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/dossier.json");
        let mut command = world.command(BOT, &["change", "submit", &change, "--engagement"]);
        command.arg(&engagement).arg("--dossier").arg(dossier).current_dir(&self.dir).args([
            "--plan",
            "plan.json",
            "--plan-file",
            "orders.tfplan",
            "--evidence",
            "tests.txt",
            "--lane",
            "execute",
            "--agent",
            BOT,
            "--model",
            "model-a",
            "--environment",
            self.environment,
            "--account",
            "000000000000",
            "--region",
            "us-east-1",
        ]);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        world.wait_status(&change, "approved");
        change
    }

    pub(crate) fn apply(&self, world: &World, change: &str) -> (Option<i32>, String) {
        let mut command = world.command(BOT, &["apply", "orders.tfplan", "--change", change, "--"]);
        command.arg(terraform()).args(["apply", "-input=false", "-no-color", "orders.tfplan"]);
        providers(&mut command);
        if self.environment != "planfile" {
            // The fleet gives the credentials; the executor has none that work.
            command
                .env("AWS_ACCESS_KEY_ID", "AKIANOBODY0000000000")
                .env("AWS_SECRET_ACCESS_KEY", "x");
        }
        command.current_dir(&self.dir).stdout(Stdio::piped()).stderr(Stdio::piped());
        ended(command.spawn().unwrap())
    }
}

// The test runner sets it, not a deployment.
#[allow(clippy::disallowed_methods)]
fn terraform() -> String {
    std::env::var("HEADGATE_E2E_TERRAFORM").unwrap()
}

/// Where Terraform finds providers without a registry.
#[allow(clippy::disallowed_methods)] // as above
fn providers(command: &mut Command) {
    let config = std::env::var("HEADGATE_E2E_TERRAFORM_CONFIG").unwrap_or_default();
    if !config.is_empty() {
        command.env("TF_CLI_CONFIG_FILE", config);
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.dir).unwrap();
    }
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn only_what_was_approved_is_applied_and_only_to_its_state() {
    let world = World::new();
    let site = Site::new(&world, MAIN);
    site.plan();
    let change = site.submit(&world);
    let (code, shown, _) = world.headgate("vic", &["change", "show", &change]);
    assert!(
        code == 0 && shown.contains("an empty state") && shown.contains("files/note.tpl"),
        "{shown}"
    );
    let refused = |said: &str| {
        let (code, text) = site.apply(&world, &change);
        assert!(code == Some(1) && text.contains(said), "{text}");
        let now = world.get("vic", &format!("/v1/changes/{change}")).ok();
        assert_eq!(now["change"]["status"], "approved", "the permit was used");
    };

    // The template is read during the apply, and is in no plan.
    site.write("files/note.tpl", "It is ${first}. $${other}");
    refused("files/note.tpl is not the file that was approved");
    std::fs::remove_file(site.dir.join("files/note.tpl")).unwrap();
    refused("files/note.tpl was approved, but cannot be copied");
    site.write("files/note.tpl", "It is ${first}.");

    // Somebody else's state is where the empty one was. An apply would create everything again in it.
    let other = r#"{"version":4,"terraform_version":"1.11.4","serial":7,"lineage":"5ca1ab1e","outputs":{},"resources":[]}"#;
    site.write("terraform.tfstate", other);
    refused(
        "the plan was made from an empty state, but the state here is serial 7 of the state 5ca1ab1e",
    );
    std::fs::remove_file(site.dir.join("terraform.tfstate")).unwrap();

    // Another plan of the same configuration has the same effect, but was not approved.
    let approved = std::fs::read(site.dir.join("orders.tfplan")).unwrap();
    site.terraform(&["plan", "-input=false", "-out=orders.tfplan"]);
    refused("plan_file_mismatch");
    std::fs::write(site.dir.join("orders.tfplan"), approved).unwrap();

    // A program of the folder that Terraform would run instead of its own provisioner.
    let plugins = site.dir.join(".terraform/plugins/linux_amd64");
    std::fs::create_dir_all(&plugins).unwrap();
    let plugin = plugins.join("terraform-provisioner-local-exec");
    let script = format!("#!/bin/sh\ntouch {}\n", site.dir.join("ran").display());
    std::fs::write(&plugin, script).unwrap();
    std::fs::set_permissions(&plugin, std::fs::Permissions::from_mode(0o755)).unwrap();

    let (code, text) = site.apply(&world, &change);
    assert_eq!(code, Some(0), "{text}");
    world.wait_status(&change, "executed");
    assert!(!site.dir.join("ran").exists(), "a program of the folder ran");
    // The state is in the folder, and so is what the apply wrote. Nothing of the private copy is left.
    let state: Value = serde_json::from_str(&site.read("terraform.tfstate")).unwrap();
    assert_eq!(state["resources"].as_array().unwrap().len(), 2);
    assert_eq!(site.read("written.txt"), "It is ${first}.");
    let (code, text) = site.apply(&world, &change);
    assert!(code == Some(1) && text.contains("not_approved"), "{text}");
}

/// Terraform takes the backend of an apply from the plan file, but the workspace from where it runs.
#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn an_apply_changes_the_workspace_of_its_plan() {
    let world = World::new();
    let site = Site::new(&world, MAIN);
    site.terraform(&["workspace", "new", "staging"]);
    site.plan();
    let change = site.submit(&world);
    site.terraform(&["workspace", "select", "default"]);
    let (code, text) = site.apply(&world, &change);
    assert_eq!(code, Some(0), "{text}");
    let state: Value =
        serde_json::from_str(&site.read("terraform.tfstate.d/staging/terraform.tfstate")).unwrap();
    assert_eq!(state["resources"].as_array().unwrap().len(), 2);
    assert!(!site.dir.join("terraform.tfstate").exists(), "the apply wrote to another workspace");
}

/// A configuration whose state is in a bucket of the emulator.
fn in_a_bucket(bucket: &str, resources: &[(&str, &str)]) -> String {
    let resource = |(name, input): &(&str, &str)| {
        format!("resource \"terraform_data\" \"{name}\" {{\n  input = \"{input}\"\n}}\n")
    };
    let resources: String = resources.iter().map(resource).collect();
    format!(
        r#"terraform {{
  backend "s3" {{
    bucket                      = "{bucket}"
    key                         = "orders/terraform.tfstate"
    region                      = "us-east-1"
    use_path_style              = true
    skip_credentials_validation = true
    skip_metadata_api_check     = true
    skip_requesting_account_id  = true
  }}
}}
{resources}"#
    )
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_plan_that_was_made_from_an_edited_copy_of_the_state_is_refused() {
    let world = World::new();
    let bucket = world.id("states");
    let s3 = world.s3();
    world.block_on(s3.create_bucket().bucket(&bucket).send()).unwrap();
    let site = Site::new(&world, &in_a_bucket(&bucket, &[("kept", "1"), ("forgotten", "1")]));
    site.terraform(&["apply", "-input=false", "-auto-approve"]);
    let key = "orders/terraform.tfstate";
    let put = |state: Vec<u8>| {
        let put = s3.put_object().bucket(&bucket).key(key).body(state.into());
        world.block_on(put.send()).unwrap();
    };
    let got = world.block_on(s3.get_object().bucket(&bucket).key(key).send()).unwrap();
    let real = world.block_on(got.body.collect()).unwrap().to_vec();
    let mut edited: Value = serde_json::from_slice(&real).unwrap();
    edited["resources"].as_array_mut().unwrap().retain(|r| r["name"] != "forgotten");

    // Nobody would see that the apply drops a resource: the plan does not know it.
    put(serde_json::to_vec(&edited).unwrap());
    site.write("main.tf", &in_a_bucket(&bucket, &[("kept", "2")]));
    site.plan();
    assert!(!site.read("plan.json").contains("forgotten"));
    let change = site.submit(&world);
    put(real.clone());
    let (code, text) = site.apply(&world, &change);
    let said = "does not know its terraform_data.forgotten";
    assert!(code == Some(1) && text.contains(said), "{text}");

    site.write("main.tf", &in_a_bucket(&bucket, &[("kept", "2"), ("forgotten", "1")]));
    site.plan();
    let change = site.submit(&world);
    let (_, shown, _) = world.headgate("vic", &["change", "show", &change]);
    assert!(shown.contains(&format!("bucket {bucket}")), "{shown}");
    let (code, text) = site.apply(&world, &change);
    assert_eq!(code, Some(0), "{text}");
    let got = world.block_on(s3.get_object().bucket(&bucket).key(key).send()).unwrap();
    let now = world.block_on(got.body.collect()).unwrap().to_vec();
    assert!(String::from_utf8(now).unwrap().contains("forgotten"));
}
