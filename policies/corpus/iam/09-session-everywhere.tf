# The policy lets its holder open a shell on every instance and container.
# Source: pathfinding.cloud ssm-001
# Fault at: aws_iam_policy.session_everywhere_fault
# Near miss at: aws_iam_policy.session_everywhere_near

resource "aws_iam_policy" "session_everywhere_fault" {
  name        = "shop-prod-session-everywhere-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ssm:ResumeSession", "ssm:StartSession"], Resource = ["arn:aws:ec2:*:*:instance/*", "arn:aws:ecs:*:*:task/*"] }]
  })
}

resource "aws_iam_policy" "session_everywhere_near" {
  name        = "shop-prod-session-everywhere-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ssm:ResumeSession", "ssm:TerminateSession"], Resource = "arn:aws:ssm:*:*:session/$${aws:username}-*" }]
  })
}
