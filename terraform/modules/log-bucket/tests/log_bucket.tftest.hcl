mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  override_during = plan

  override_resource {
    target = aws_s3_bucket.this
    values = { arn = "arn:aws:s3:::headgate-test-log-123456789012" }
  }

  override_data {
    target = data.aws_iam_policy_document.this
    values = { json = "{}" }
  }
}

variables {
  name            = "headgate-test-log-123456789012"
  writer_role_arn = "arn:aws:iam::123456789012:role/headgate-test-transparency-log"
}

run "locked_versioned_private" {
  command = plan

  assert {
    condition     = aws_s3_bucket.this.object_lock_enabled && one(aws_s3_bucket_versioning.this.versioning_configuration).status == "Enabled"
    error_message = "Nobody may replace or delete what was signed."
  }

  assert {
    condition     = one(one(aws_s3_bucket_object_lock_configuration.this.rule).default_retention).mode == "COMPLIANCE" && one(one(aws_s3_bucket_object_lock_configuration.this.rule).default_retention).days == 365
    error_message = "By default, nobody can shorten the retention of a year."
  }

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
    condition     = toset([for s in data.aws_iam_policy_document.this.statement : s.sid]) == toset(["OnlyOverTls", "OnlyTheLogWrites", "NobodyUnlocks"])
    error_message = "Everybody but the writer must be denied writes, and everybody the removal of locks; nobody is admitted by default."
  }

  assert {
    condition     = alltrue([for s in data.aws_iam_policy_document.this.statement : s.effect == "Deny"])
    error_message = "The policy must only deny."
  }

  assert {
    condition     = one(one([for s in data.aws_iam_policy_document.this.statement : s if s.sid == "OnlyTheLogWrites"]).condition).values == tolist([var.writer_role_arn])
    error_message = "Only the role of transparency-log may write."
  }

  assert {
    condition     = !aws_s3_bucket.this.force_destroy
    error_message = "The log must outlive a careless destroy."
  }
}

run "in_another_account" {
  command = plan

  variables {
    other_account = true
    reader_arns   = ["arn:aws:iam::210987654321:role/auditor"]
  }

  assert {
    condition     = toset(one([for s in data.aws_iam_policy_document.this.statement : s if s.sid == "Writer"]).actions) == toset(["s3:GetObject", "s3:ListBucket", "s3:PutObject"])
    error_message = "The writer of another account must be admitted, and must not delete."
  }

  assert {
    condition     = toset(one([for s in data.aws_iam_policy_document.this.statement : s if s.sid == "Readers"]).actions) == toset(["s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket", "s3:ListBucketVersions"])
    error_message = "Auditors must be able to read, and nothing else."
  }
}

run "a_trial_may_be_destroyed" {
  command = plan

  variables {
    lock          = { mode = "GOVERNANCE", days = 1 }
    force_destroy = true
  }

  assert {
    condition     = aws_s3_bucket.this.force_destroy && !contains([for s in data.aws_iam_policy_document.this.statement : s.sid], "NobodyUnlocks")
    error_message = "A trial must be removable."
  }
}

run "compliance_cannot_be_destroyed" {
  command = plan

  variables {
    force_destroy = true
  }

  expect_failures = [var.force_destroy]
}

run "a_lock_lasts" {
  command = plan

  variables {
    lock = { mode = "COMPLIANCE", days = 0 }
  }

  expect_failures = [var.lock]
}
