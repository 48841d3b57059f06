mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_resource "aws_dynamodb_table" {
    defaults = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/headgate-test-ledger" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
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

run "nobody_else_writes" {
  variables {
    writer_role_arns = ["arn:aws:iam::123456789012:role/headgate-test-intake"]
  }

  assert {
    condition     = length(aws_dynamodb_resource_policy.writers) == 1
    error_message = "A table with writers must deny everybody else."
  }

  assert {
    condition     = one(data.aws_iam_policy_document.writers[0].statement).effect == "Deny" && contains(one(one(data.aws_iam_policy_document.writers[0].statement).condition).values, "arn:aws:iam::123456789012:role/headgate-test-intake")
    error_message = "Only the writers may write."
  }

  assert {
    condition     = alltrue([for action in ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "PartiQLInsert", "PartiQLUpdate", "PartiQLDelete"] : contains(one(data.aws_iam_policy_document.writers[0].statement).actions, "dynamodb:${action}")])
    error_message = "Every way to write must be denied; a transaction is authorized as its parts."
  }
}

run "an_emulator_has_no_such_policy" {
  assert {
    condition     = length(aws_dynamodb_resource_policy.writers) == 0
    error_message = "Without writers there is no policy."
  }
}
