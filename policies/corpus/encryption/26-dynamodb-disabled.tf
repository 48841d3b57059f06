# The table names a key but does not switch its use on.
# Source: CKV_AWS_119, AVD-AWS-0025
# Fault at: aws_dynamodb_table.disabled_fault
# Near miss at: aws_dynamodb_table.disabled_near

resource "aws_kms_key" "disabled" {
  description         = "Tables"
  enable_key_rotation = true
}

resource "aws_dynamodb_table" "disabled_fault" {
  name                        = "shop-prod-coupons"
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
    enabled     = false
    kms_key_arn = aws_kms_key.disabled.arn
  }
}

resource "aws_dynamodb_table" "disabled_near" {
  name                        = "shop-prod-vouchers"
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
  dynamic "server_side_encryption" {
    for_each = { vouchers = aws_kms_key.disabled.arn }
    content {
      enabled     = true
      kms_key_arn = server_side_encryption.value
    }
  }
}
