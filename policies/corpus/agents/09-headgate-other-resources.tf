# The plan puts things on the tables, queues, topics, buckets and keys of Headgate.
# Source: https://attack.mitre.org/techniques/T1562/
# Fault at: aws_dynamodb_table_item.hgoth_fault
# Fault at: aws_sqs_queue_policy.hgoth_fault
# Fault at: aws_sns_topic_subscription.hgoth_fault
# Fault at: aws_s3_object.hgoth_fault
# Fault at: aws_kms_grant.hgoth_fault
# Fault at: aws_cloudwatch_event_target.hgoth_fault
# Fault at: aws_lambda_alias.hgoth_fault
# Near miss at: aws_dynamodb_table_item.hgoth_near

resource "aws_dynamodb_table_item" "hgoth_fault" {
  table_name = "headgate-changes"
  hash_key   = "id"
  item       = jsonencode({ id = { S = "chg-1" }, state = { S = "approved" } })
}

resource "aws_sqs_queue_policy" "hgoth_fault" {
  queue_url = "https://sqs.${var.region}.amazonaws.com/123456789012/headgate-jobs"
  policy    = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sqs:SendMessage", Resource = "*", Condition = { StringEquals = { "aws:SourceAccount" = "123456789012" } } }] })
}

resource "aws_sns_topic_subscription" "hgoth_fault" {
  topic_arn = "arn:aws:sns:${var.region}:123456789012:headgate-approvals"
  protocol  = "email"
  endpoint  = "mallory@example.net"
}

resource "aws_s3_object" "hgoth_fault" {
  bucket  = "headgate-artifacts"
  key     = "plans/chg-1.json"
  content = "{}"
  tags    = { CreatedBy = "agent" }
}

resource "aws_kms_grant" "hgoth_fault" {
  key_id            = "arn:aws:kms:${var.region}:123456789012:alias/headgate-signing"
  grantee_principal = "arn:aws:iam::123456789012:role/shop-prod-app"
  operations        = ["Sign"]
}

resource "aws_cloudwatch_event_target" "hgoth_fault" {
  rule = "headgate-expire"
  arn  = "arn:aws:lambda:${var.region}:123456789012:function:shop-prod-noop"
}

resource "aws_lambda_alias" "hgoth_fault" {
  name             = "live"
  function_name    = "headgate-reviewer"
  function_version = "1"
}

resource "aws_dynamodb_table_item" "hgoth_near" {
  table_name = "shop-prod-changes"
  hash_key   = "id"
  item       = jsonencode({ id = { S = "chg-1" }, state = { S = "approved" }, tool = { S = "headgate" } })
}
