# The policy lets its holder create a role without a boundary and attach any policy to it.
# Source: pathfinding.cloud iam-009, iam-014
# Fault at: aws_iam_policy.new_role_any_policy_fault
# Near miss at: aws_iam_policy.new_role_any_policy_near

resource "aws_iam_policy" "new_role_any_policy_fault" {
  name        = "shop-prod-new-role-any-policy-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:CreateRole", "iam:AttachRolePolicy"], Resource = "arn:aws:iam::*:role/agent/*" }]
  })
}

resource "aws_iam_policy" "new_role_any_policy_near" {
  name        = "shop-prod-new-role-any-policy-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:CreateServiceLinkedRole"], Resource = "arn:aws:iam::*:role/aws-service-role/ecs.amazonaws.com/*", Condition = { StringLike = { "iam:AWSServiceName" = "ecs.amazonaws.com" } } }]
  })
}
