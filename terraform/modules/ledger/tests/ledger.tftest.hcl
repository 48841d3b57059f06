mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
}

variables {
  name        = "headgate-test-ledger"
  kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1"
}

run "data_is_safe_by_default" {
  assert {
    condition     = aws_dynamodb_table.this.point_in_time_recovery[0].enabled && aws_dynamodb_table.this.deletion_protection_enabled
    error_message = "The table must have point-in-time recovery and deletion protection."
  }

  assert {
    condition     = aws_dynamodb_table.this.server_side_encryption[0].kms_key_arn == var.kms_key_arn
    error_message = "The table must be encrypted with the fleet's key."
  }

  assert {
    condition     = length(aws_dynamodb_table.this.global_secondary_index) == 0
    error_message = "A table without listing must not have an index."
  }
}

run "listed_tables_have_the_index" {
  variables {
    listing = true
  }

  assert {
    condition     = one(aws_dynamodb_table.this.global_secondary_index).name == "listing"
    error_message = "The table must have the index `listing`, which shared/aws/ledger queries."
  }
}
