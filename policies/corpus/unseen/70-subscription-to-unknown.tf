# A topic's messages are posted to an address that is known only after the apply.
# Source: https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html
# Fault at: aws_sns_topic_subscription.sub_unknown_fault
# Near miss at: aws_sns_topic_subscription.sub_unknown_near

resource "terraform_data" "sub_unknown" {
  input = "collector.example.net"
}

resource "aws_kms_key" "sub_unknown" {
  description             = "Messages"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_sns_topic" "sub_unknown" {
  name              = "shop-prod-sub-unknown"
  kms_master_key_id = aws_kms_key.sub_unknown.arn
}

resource "aws_sqs_queue" "sub_unknown_dlq" {
  name                 = "shop-prod-sub-unknown-dlq"
  kms_master_key_id    = aws_kms_key.sub_unknown.arn
  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })
}

resource "aws_sns_topic_subscription" "sub_unknown_fault" {
  topic_arn      = aws_sns_topic.sub_unknown.arn
  protocol       = "https"
  endpoint       = "https://${terraform_data.sub_unknown.output}/orders"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.sub_unknown_dlq.arn })
}

resource "aws_sns_topic_subscription" "sub_unknown_near" {
  topic_arn      = aws_sns_topic.sub_unknown.arn
  protocol       = "sqs"
  endpoint       = aws_sqs_queue.sub_unknown_dlq.arn
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.sub_unknown_dlq.arn })
}
