# A search domain of any AWS account can write to our log group, because the service is allowed without a source.
# Source: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createdomain-configure-slow-logs.html
# Fault at: aws_cloudwatch_log_resource_policy.logs_service_fault
# Near miss at: aws_cloudwatch_log_resource_policy.logs_service_near

resource "aws_cloudwatch_log_resource_policy" "logs_service_fault" {
  policy_name = "shop-prod-opensearch-a"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "es.amazonaws.com" }
        Action    = ["logs:PutLogEvents", "logs:CreateLogStream"]
        Resource  = "arn:aws:logs:*"
      }
    ]
  })
}

resource "aws_cloudwatch_log_resource_policy" "logs_service_near" {
  policy_name = "shop-prod-opensearch-b"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "es.amazonaws.com" }
        Action    = ["logs:PutLogEvents", "logs:CreateLogStream"]
        Resource  = "arn:aws:logs:${var.region}:${var.account_id}:log-group:/aws/opensearch/shop-prod-b:*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = var.account_id }
          ArnLike      = { "aws:SourceArn" = "arn:aws:es:*:${var.account_id}:domain/*" }
        }
      }
    ]
  })
}
