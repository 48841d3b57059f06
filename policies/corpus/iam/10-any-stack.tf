# The policy lets its holder change every stack, which works with the role that the stack already has.
# Source: pathfinding.cloud cloudformation-002, cloudformation-005
# Fault at: aws_iam_policy.any_stack_fault
# Near miss at: aws_iam_policy.any_stack_near

resource "aws_iam_policy" "any_stack_fault" {
  name        = "shop-prod-any-stack-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet", "cloudformation:UpdateStack"], Resource = "arn:aws:cloudformation:*:*:stack/*/*" }]
  })
}

resource "aws_iam_policy" "any_stack_near" {
  name        = "shop-prod-any-stack-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["cloudformation:ValidateTemplate", "cloudformation:ListStacks", "cloudformation:EstimateTemplateCost"], Resource = "*" }]
  })
}
