# Whether a bucket's public policies are blocked is known only after the apply.
# Source: CKV_AWS_54, CKV_AWS_56
# Fault at: aws_s3_bucket_public_access_block.pab_flag_fault
# Near miss at: aws_s3_bucket_public_access_block.pab_flag_near

resource "terraform_data" "pab_flag" {
  input = false
}

resource "aws_s3_bucket" "pab_flag_a" {
  bucket = "shop-prod-pab-flag-a"
}

resource "aws_s3_bucket" "pab_flag_b" {
  bucket = "shop-prod-pab-flag-b"
}

locals {
  pab_flag = { block_public_acls = "true", block_public_policy = "true" }
}

resource "aws_s3_bucket_public_access_block" "pab_flag_fault" {
  bucket                  = aws_s3_bucket.pab_flag_a.id
  block_public_acls       = true
  block_public_policy     = terraform_data.pab_flag.output
  ignore_public_acls      = true
  restrict_public_buckets = terraform_data.pab_flag.output
}

resource "aws_s3_bucket_public_access_block" "pab_flag_near" {
  bucket                  = aws_s3_bucket.pab_flag_b.id
  block_public_acls       = try(local.pab_flag.block_public_acls, false)
  block_public_policy     = lookup(local.pab_flag, "block_public_policy", "false")
  ignore_public_acls      = lookup(local.pab_flag, "ignore_public_acls", "true")
  restrict_public_buckets = !contains(keys(local.pab_flag), "restrict")
}
