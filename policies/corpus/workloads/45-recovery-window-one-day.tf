# The table can be restored to a point of the last day only.
# Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html
# Fault at: aws_dynamodb_table.ddbwin_fault
# Near miss at: aws_dynamodb_table.ddbwin_near

resource "aws_dynamodb_table" "ddbwin_fault" {
  name                        = "shop-prod-stock-day"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true
  stream_enabled              = true
  stream_view_type            = "NEW_AND_OLD_IMAGES"
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.work.arn
  }
  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 1
  }
}

resource "aws_dynamodb_table" "ddbwin_near" {
  name                        = "shop-prod-stock"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true
  stream_enabled              = true
  stream_view_type            = "NEW_AND_OLD_IMAGES"
  attribute {
    name = "id"
    type = "S"
  }
  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.work.arn
  }
  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 14
  }
}
