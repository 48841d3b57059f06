# Failed security events are forgotten after a minute.
# Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
# Fault at: aws_sqs_queue.dead_letters_minute_fault
# Near miss at: aws_sqs_queue.dead_letters_minute_near

resource "aws_sqs_queue" "dead_letters_minute_fault" {
  name                       = "shop-prod-orders-dead"
  kms_master_key_id          = "alias/shop-prod-events"
  message_retention_seconds  = 60
  visibility_timeout_seconds = 30
  redrive_allow_policy       = jsonencode({ redrivePermission = "byQueue", sourceQueueArns = ["arn:aws:sqs:::shop-prod-orders"] })
}

resource "aws_sqs_queue" "dead_letters_minute_near" {
  name                       = "shop-prod-billing-dead"
  kms_master_key_id          = "alias/shop-prod-events"
  message_retention_seconds  = 1209600
  visibility_timeout_seconds = 60
  redrive_allow_policy       = jsonencode({ redrivePermission = "byQueue", sourceQueueArns = ["arn:aws:sqs:::shop-prod-billing"] })
}
