# Notices about orders are kept with AWS's key and delivered to a plain HTTP address.
# Source: CKV_AWS_26, AVD-AWS-0136, SNS best practices (HTTPS subscriptions)
# Warns: the approvers decide
# Fault at: aws_sns_topic.notices_fault
# Fault at: aws_sns_topic_subscription.notices_fault
# Near miss at: aws_sns_topic.notices_near
# Near miss at: aws_sns_topic_subscription.notices_near

resource "aws_kms_key" "notices" {
  description         = "Notices"
  enable_key_rotation = true
}

resource "aws_kms_alias" "notices" {
  name          = "alias/shop-prod-notices"
  target_key_id = aws_kms_key.notices.key_id
}

resource "aws_sqs_queue" "notices_dead" {
  name              = "shop-prod-notices-dead"
  kms_master_key_id = aws_kms_key.notices.arn
}

resource "aws_sns_topic" "notices_fault" {
  name              = "shop-prod-notices"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic_subscription" "notices_fault" {
  topic_arn      = aws_sns_topic.notices_near.arn
  protocol       = "http"
  endpoint       = "http://hooks.shop.example/orders"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.notices_dead.arn })
}

resource "aws_sns_topic" "notices_near" {
  name              = "shop-prod-alerts"
  kms_master_key_id = aws_kms_alias.notices.name
}

resource "aws_sns_topic_subscription" "notices_near" {
  topic_arn      = aws_sns_topic.notices_near.arn
  protocol       = "https"
  endpoint       = "https://hooks.shop.example/orders?next=http://shop.example"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.notices_dead.arn })
}
