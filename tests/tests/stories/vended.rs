//! An apply with the credentials that the fleet gives for its plan: the real Terraform with the real provider of AWS. The demo of `cargo xtask up`
//! applies `examples/` in the same way; queues are left out here, because the provider waits half a minute for each.

use headgate_e2e::World;

use crate::sites::Site;

const MAIN: &str = r#"
variable "permissions_boundary" {
  description = "Boundary of the role."
  type        = string
  default     = null
}

provider "aws" {
  region                      = "us-east-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  s3_use_path_style           = true

  default_tags {
    tags = { Environment = "ENV", Project = "orders", Owner = "dana", ManagedBy = "terraform", CreatedBy = "agent" }
  }
}

resource "aws_s3_bucket" "receipts" {
  bucket = "NAME-receipts"
}

resource "aws_s3_bucket_versioning" "receipts" {
  bucket = aws_s3_bucket.receipts.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "receipts" {
  bucket = aws_s3_bucket.receipts.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "receipts" {
  bucket                  = aws_s3_bucket.receipts.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "worker" {
  name                 = "NAME-worker"
  assume_role_policy   = data.aws_iam_policy_document.assume.json
  permissions_boundary = var.permissions_boundary
}

data "aws_iam_policy_document" "worker" {
  statement {
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::NAME-receipts/*"]
  }
}

resource "aws_iam_policy" "worker" {
  name   = "NAME-worker"
  policy = data.aws_iam_policy_document.worker.json
}

resource "aws_iam_role_policy_attachment" "worker" {
  role       = aws_iam_role.worker.name
  policy_arn = aws_iam_policy.worker.arn
}
"#;

/// A site with names of its own, which follow {project}-{env}-{resource}.
fn receipts(world: &World, environment: &'static str) -> (Site, String) {
    let name = format!("{}-{environment}", world.id("v").replace('-', ""));
    let main = MAIN.replace("NAME", &name).replace("ENV", environment);
    let versions = include_str!("../../../examples/versions.tf");
    (Site::within(world, environment, &format!("{versions}{main}")), name)
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn an_apply_changes_what_its_plan_says_with_the_credentials_of_the_fleet() {
    let world = World::new();
    let (site, name) = receipts(&world, "vended");
    let boundary = "arn:aws:iam::000000000000:policy/headgate-local-boundary";
    site.plan_with(&[&format!("-var=permissions_boundary={boundary}")]);
    let change = site.submit(&world);
    // Those who decide see what the apply may do.
    let (code, shown, _) = world.headgate("vic", &["change", "show", &change]);
    let role = format!("arn:aws:iam::000000000000:role/{name}-worker");
    assert!(code == 0 && shown.contains(&role) && shown.contains("iam:CreateRole"), "{shown}");
    let (code, said) = site.apply(&world, &change);
    assert_eq!(code, Some(0), "{said}");
    world.wait_status(&change, "executed");
    let found = world.block_on(world.s3().head_bucket().bucket(format!("{name}-receipts")).send());
    assert!(found.is_ok(), "{found:?}");
}

/// The session policy allows the role, but no apply may make one that could do more than the boundary says. Only MiniStack enforces that.
#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn no_apply_makes_a_role_without_the_boundary() {
    let world = World::new();
    if world.is_slow() {
        return;
    }
    let (site, _) = receipts(&world, "unbounded");
    site.plan_with(&[]);
    let change = site.submit(&world);
    let (code, said) = site.apply(&world, &change);
    assert!(
        code == Some(1) && said.contains("AccessDenied") && said.contains("CreateRole"),
        "{said}"
    );
    world.wait_status(&change, "execution_failed");
}
