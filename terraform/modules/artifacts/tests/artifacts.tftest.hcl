mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name        = "headgate-test-artifacts-123456789012"
  kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1"
}

run "private_encrypted_versioned" {
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls,
      aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls,
      aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "The bucket must be private."
  }

  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "The bucket must be versioned, so that reviewed artifacts cannot be overwritten."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "aws:kms"
    error_message = "The bucket must be encrypted with the fleet's key."
  }

  assert {
    condition     = length(aws_s3_bucket_policy.this) == 1
    error_message = "Plain HTTP requests must be denied by default."
  }
}

run "evidence_is_kept_unless_told" {
  assert {
    condition     = length(aws_s3_bucket_lifecycle_configuration.this) == 0
    error_message = "Objects must not expire by default."
  }
}

run "what_is_to_expire_expires" {
  variables {
    expire_days = 90
  }

  assert {
    condition     = one(one(aws_s3_bucket_lifecycle_configuration.this[0].rule).expiration).days == 90
    error_message = "The lifecycle rule must use expire_days."
  }
}
