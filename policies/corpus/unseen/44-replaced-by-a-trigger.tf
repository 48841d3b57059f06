# A changed marker replaces a table and so deletes its data.
# Source: https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#replace_triggered_by
# Warns: the approvers decide
# Fault at: aws_dynamodb_table.retrigger_fault
# Near miss at: aws_dynamodb_table.retrigger_near

variable "retrigger_key" {
  description = "Key of the tables."
  type        = string
  default     = "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666"
}

resource "aws_ssm_parameter" "retrigger" {
  name           = "/shop-prod/release"
  type           = "String"
  insecure_value = "v2"
}

resource "aws_dynamodb_table" "retrigger_fault" {
  name                        = "shop-prod-retrigger-a"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.retrigger_key
  }

  lifecycle {
    replace_triggered_by = [aws_ssm_parameter.retrigger]
  }
}

resource "aws_dynamodb_table" "retrigger_near" {
  name                        = "shop-prod-retrigger-b"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.retrigger_key
  }

  tags = { Release = aws_ssm_parameter.retrigger.insecure_value }
}
