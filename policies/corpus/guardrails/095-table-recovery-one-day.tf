# The table can only be restored to a point of the last day.
# Source: DynamoDB.2, CKV_AWS_28, AVD-AWS-0024
# Fault at: aws_dynamodb_table.table_recovery_one_day_fault
# Near miss at: aws_dynamodb_table.table_recovery_one_day_near

resource "aws_dynamodb_table" "table_recovery_one_day_fault" {
  name                        = "shop-prod-orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.table_recovery_one_day_key.arn
  }
  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 1
  }
}

resource "aws_dynamodb_table" "table_recovery_one_day_near" {
  name                        = "shop-prod-billing"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.table_recovery_one_day_key.arn
  }
  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 30
  }
}

resource "aws_kms_key" "table_recovery_one_day_key" {
  description         = "Tables of the shop"
  enable_key_rotation = true
}
