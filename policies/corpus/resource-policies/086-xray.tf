# A topic of any AWS account can write traces, because the service is allowed without a source that restricts it.
# Source: https://docs.aws.amazon.com/sns/latest/dg/sns-active-tracing.html
# Fault at: aws_xray_resource_policy.xray_fault
# Near miss at: aws_xray_resource_policy.xray_near

resource "aws_xray_resource_policy" "xray_fault" {
  policy_name = "shop-prod-sns-a"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "sns.amazonaws.com" }
        Action    = ["xray:PutTraceSegments", "xray:GetSamplingRules", "xray:GetSamplingTargets"]
        Resource  = "*"
        Condition = { StringLike = { "aws:SourceArn" = "arn:aws:sns:*:*:*" } }
      }
    ]
  })
}

resource "aws_xray_resource_policy" "xray_near" {
  policy_name = "shop-prod-sns-b"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { Service = "sns.amazonaws.com" }
        Action    = ["xray:PutTraceSegments", "xray:GetSamplingRules", "xray:GetSamplingTargets"]
        Resource  = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = var.account_id }
          StringLike   = { "aws:SourceArn" = "arn:aws:sns:*:${var.account_id}:*" }
        }
      }
    ]
  })
}
