# The policy lets its holder open a Glue development endpoint with any of the service roles.
# Source: pathfinding.cloud glue-001
# Fault at: aws_iam_policy.glue_endpoint_fault
# Near miss at: aws_iam_policy.glue_endpoint_near

resource "aws_iam_policy" "glue_endpoint_fault" {
  name        = "shop-prod-glue-endpoint-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["glue:CreateDevEndpoint", "glue:GetDevEndpoint"], Resource = "arn:aws:glue:*:*:devEndpoint/shop-prod-*" },
      { Effect = "Allow", Action = "iam:PassRole", Resource = "arn:aws:iam::*:role/service-role/*" },
    ]
  })
}

resource "aws_iam_policy" "glue_endpoint_near" {
  name        = "shop-prod-glue-endpoint-near"
  description = "What the order service does."
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["glue:StartJobRun", "glue:GetJobRun"], Resource = "arn:aws:glue:*:*:job/shop-prod-export" },
      { Effect = "Allow", Action = ["glue:ListDevEndpoints"], Resource = "*" },
    ]
  })
}
