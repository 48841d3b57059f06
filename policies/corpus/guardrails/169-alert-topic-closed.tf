# The security topic refuses the messages of alarms and rules.
# Source: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
# Fault at: aws_sns_topic_policy.alert_topic_closed_fault
# Near miss at: aws_sns_topic_policy.alert_topic_closed_near

resource "aws_sns_topic_policy" "alert_topic_closed_fault" {
  arn = "arn:aws:sns:::shop-prod-orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Services"
        Effect    = "Allow"
        Principal = { Service = ["cloudwatch.amazonaws.com", "events.amazonaws.com"] }
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:::shop-prod-orders"
        Condition = { StringEquals = { "aws:SourceAccount" = "$${aws:ResourceAccount}" } }
      },
      {
        Sid       = "Guard"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:::shop-prod-orders"
        Condition = { StringNotEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
      },

    ]
  })
}

resource "aws_sns_topic_policy" "alert_topic_closed_near" {
  arn = "arn:aws:sns:::shop-prod-billing"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Services"
        Effect    = "Allow"
        Principal = { Service = ["cloudwatch.amazonaws.com", "events.amazonaws.com"] }
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:::shop-prod-billing"
        Condition = { StringEquals = { "aws:SourceAccount" = "$${aws:ResourceAccount}" } }
      },
      {
        Sid       = "Guard"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:::shop-prod-billing"
        Condition = {
          StringNotEqualsIfExists = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" }
          BoolIfExists            = { "aws:PrincipalIsAWSService" = "false" }
        }
      },

    ]
  })
}
