# The change removes the statement that forbids deleting the table from an existing policy.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
# Warns: the approvers decide
# Fault at: aws_iam_policy.denial_fault
# Near miss at: aws_iam_policy.denial_near

# Exists before: see before/main.tf.
resource "aws_iam_policy" "denial_fault" {
  name = "shop-prod-denial-fault"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "Work", Effect = "Allow", Action = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteTable"], Resource = "arn:aws:dynamodb:*:*:table/shop-prod-orders" }
  ] })
}

resource "aws_iam_policy" "denial_near" {
  name = "shop-prod-denial-near"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Sid = "Work", Effect = "Allow", Action = ["dynamodb:GetItem", "dynamodb:PutItem"], Resource = "arn:aws:dynamodb:*:*:table/shop-prod-orders" },
    { Sid = "KeepTable", Effect = "Deny", Action = ["dynamodb:DeleteTable", "dynamodb:DeleteBackup"], Resource = "*" }
  ] })
}
