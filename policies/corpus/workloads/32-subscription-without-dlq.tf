# Messages which the topic cannot deliver to the function are lost.
# Source: https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
# Fault at: aws_sns_topic_subscription.subdlq_fault
# Near miss at: aws_sns_topic_subscription.subdlq_near

resource "aws_sns_topic_subscription" "subdlq_fault" {
  topic_arn = aws_sns_topic.work.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.work.arn

}

resource "aws_sns_topic_subscription" "subdlq_near" {
  topic_arn      = aws_sns_topic.work.arn
  protocol       = "lambda"
  endpoint       = aws_lambda_function.vis.arn
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.work_dlq.arn })
}
