# The policy lets its holder change what the next instances of a group run, and make it the default.
# Source: pathfinding.cloud ec2-004
# Fault at: aws_iam_policy.next_launch_fault
# Near miss at: aws_iam_policy.next_launch_near

resource "aws_iam_policy" "next_launch_fault" {
  name        = "shop-prod-next-launch-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"], Resource = "arn:aws:ec2:*:*:launch-template/*" }]
  })
}

resource "aws_iam_policy" "next_launch_near" {
  name        = "shop-prod-next-launch-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ec2:DescribeLaunchTemplates", "ec2:DescribeLaunchTemplateVersions"], Resource = "*" }]
  })
}
