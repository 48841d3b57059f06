# The policy lets its holder put an image of his own into every App Runner service, with the service's role.
# Source: pathfinding.cloud apprunner-002
# Fault at: aws_iam_policy.any_app_runner_fault
# Near miss at: aws_iam_policy.any_app_runner_near

resource "aws_iam_policy" "any_app_runner_fault" {
  name        = "shop-prod-any-app-runner-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["apprunner:DescribeService", "apprunner:UpdateService"], Resource = "arn:aws:apprunner:*:*:service/*/*" }]
  })
}

resource "aws_iam_policy" "any_app_runner_near" {
  name        = "shop-prod-any-app-runner-near"
  description = "What the order service does."
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["apprunner:ListServices"], Resource = "*" },
      { Effect = "Allow", Action = ["apprunner:StartDeployment", "apprunner:PauseService"], Resource = "arn:aws:apprunner:*:*:service/shop-prod-site/*" },
    ]
  })
}
