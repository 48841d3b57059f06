# The policy lets its holder write policies of every role whose name begins with aws.
# Source: pathfinding.cloud iam-005
# Fault at: aws_iam_policy.service_roles_by_prefix_fault
# Near miss at: aws_iam_policy.service_roles_by_prefix_near

resource "aws_iam_policy" "service_roles_by_prefix_fault" {
  name        = "shop-prod-service-roles-by-prefix-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:PutRolePolicy"], Resource = "arn:aws:iam::*:role/aws*" }]
  })
}

resource "aws_iam_policy" "service_roles_by_prefix_near" {
  name        = "shop-prod-service-roles-by-prefix-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:CreateServiceLinkedRole", "iam:AttachRolePolicy", "iam:PutRolePolicy"], Resource = "arn:aws:iam::*:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS*", Condition = { StringLike = { "iam:AWSServiceName" = "ecs.amazonaws.com" } } }]
  })
}
