# The key of the log group comes from a table that has no entry for it, so the log group has no key.
# Source: CKV_AWS_158, AVD-AWS-0017
# Fault at: aws_cloudwatch_log_group.lookup_fault["payments"]
# Near miss at: aws_cloudwatch_log_group.lookup_near["orders"]

resource "aws_kms_key" "lookup" {
  description         = "Logs"
  enable_key_rotation = true
}

locals {
  lookup_keys = { payment = aws_kms_key.lookup.arn, orders = aws_kms_key.lookup.arn }
}

resource "aws_cloudwatch_log_group" "lookup_fault" {
  for_each          = toset(["payments"])
  name              = "/shop/prod/${each.key}"
  retention_in_days = 365
  kms_key_id        = lookup(local.lookup_keys, each.key, null)
}

resource "aws_cloudwatch_log_group" "lookup_near" {
  for_each          = toset(["orders"])
  name              = "/shop/prod/${each.key}"
  retention_in_days = 365
  kms_key_id        = lookup(local.lookup_keys, each.key, null)
}
