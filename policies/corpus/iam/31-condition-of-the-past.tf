# The policy allows everything under a condition that is always true.
# Source: CKV_AWS_62, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
# Fault at: aws_iam_policy.condition_of_the_past_fault
# Near miss at: aws_iam_policy.condition_of_the_past_near

resource "aws_iam_policy" "condition_of_the_past_fault" {
  name        = "shop-prod-condition-of-the-past-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ec2:*", "rds:*", "iam:*"], Resource = "*", Condition = { DateGreaterThan = { "aws:CurrentTime" = "2020-01-01T00:00:00Z" } } }]
  })
}

resource "aws_iam_policy" "condition_of_the_past_near" {
  name        = "shop-prod-condition-of-the-past-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ec2:RebootInstances", "rds:RebootDBInstance"], Resource = "*", Condition = { StringEquals = { "aws:ResourceTag/Service" = "shop-reports" } } }]
  })
}
