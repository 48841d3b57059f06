# The policy lets its holder run a shell command as root on every instance.
# Source: pathfinding.cloud ssm-002
# Fault at: aws_iam_policy.run_command_everywhere_fault
# Near miss at: aws_iam_policy.run_command_everywhere_near

resource "aws_iam_policy" "run_command_everywhere_fault" {
  name        = "shop-prod-run-command-everywhere-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ssm:SendCommand"], Resource = ["arn:aws:ec2:*:*:instance/*", "arn:aws:ssm:*:*:document/AWS-RunShellScript"] }]
  })
}

resource "aws_iam_policy" "run_command_everywhere_near" {
  name        = "shop-prod-run-command-everywhere-near"
  description = "What the order service does."
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["ssm:SendCommand"], Resource = ["arn:aws:ssm:*:*:document/shop-prod-restart-worker"] },
      { Effect = "Allow", Action = ["ssm:SendCommand"], Resource = ["arn:aws:ec2:*:*:instance/*"], Condition = { StringEquals = { "aws:ResourceTag/Service" = "shop-worker" } } },
    ]
  })
}
