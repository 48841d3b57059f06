# Everybody can read and write the stream until 2099, because a date is the only condition.
# Source: CKV_AWS_283, https://docs.aws.amazon.com/streams/latest/dev/resource-based-policy-examples.html
# Fault at: aws_kinesis_resource_policy.kinesis_fault
# Near miss at: aws_kinesis_resource_policy.kinesis_near

resource "aws_kinesis_resource_policy" "kinesis_fault" {
  resource_arn = "arn:aws:kinesis:${var.region}:${var.account_id}:stream/shop-prod-clicks-a"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:PutRecord"]
        Resource  = "arn:aws:kinesis:${var.region}:${var.account_id}:stream/shop-prod-clicks-a"
        Condition = { DateLessThan = { "aws:CurrentTime" = "2099-12-31T23:59:59Z" } }
      }
    ]
  })
}

resource "aws_kinesis_resource_policy" "kinesis_near" {
  resource_arn = "arn:aws:kinesis:${var.region}:${var.account_id}:stream/shop-prod-clicks-b"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["kinesis:DescribeStreamSummary", "kinesis:PutRecord", "kinesis:PutRecords"]
        Resource  = "arn:aws:kinesis:${var.region}:${var.account_id}:stream/shop-prod-clicks-b"
        Condition = {
          StringEquals = { "aws:PrincipalOrgID" = var.org_id }
          DateLessThan = { "aws:CurrentTime" = "2099-12-31T23:59:59Z" }
        }
      }
    ]
  })
}
