# The policy lets its holder put any role onto a running instance that he is on.
# Source: pathfinding.cloud ec2-001, https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
# Fault at: aws_iam_policy.profile_swap_fault
# Near miss at: aws_iam_policy.profile_swap_near

resource "aws_iam_policy" "profile_swap_fault" {
  name        = "shop-prod-profile-swap-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ec2:AssociateIamInstanceProfile", "ec2:ReplaceIamInstanceProfileAssociation", "iam:AddRoleToInstanceProfile", "iam:PassRole"], Resource = ["arn:aws:ec2:*:*:instance/*", "arn:aws:iam::*:instance-profile/*", "arn:aws:iam::*:role/*"] }]
  })
}

resource "aws_iam_policy" "profile_swap_near" {
  name        = "shop-prod-profile-swap-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ec2:DescribeIamInstanceProfileAssociations", "ec2:DescribeInstances", "iam:ListInstanceProfiles"], Resource = "*" }]
  })
}
