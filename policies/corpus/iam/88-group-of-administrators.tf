# The policy lets its holder put himself into any group.
# Source: pathfinding.cloud iam-013
# Fault at: aws_iam_policy.group_of_administrators_fault
# Near miss at: aws_iam_policy.group_of_administrators_near

resource "aws_iam_policy" "group_of_administrators_fault" {
  name        = "shop-prod-group-of-administrators-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:AddUserTo*", Resource = "arn:aws:iam::*:group/*" }]
  })
}

resource "aws_iam_policy" "group_of_administrators_near" {
  name        = "shop-prod-group-of-administrators-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:RemoveUserFromGroup", "iam:GetGroup"], Resource = "arn:aws:iam::*:group/shop-prod-contractors" }]
  })
}
