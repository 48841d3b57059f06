# The policy lets its holder change the boot script of every instance and restart it, and so run as its role.
# Source: pathfinding.cloud ec2-002
# Fault at: aws_iam_policy.boot_script_fault
# Near miss at: aws_iam_policy.boot_script_near

resource "aws_iam_policy" "boot_script_fault" {
  name        = "shop-prod-boot-script-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ec2:StopInstances", "ec2:StartInstances", "ec2:ModifyInstanceAttribute"], Resource = "arn:aws:ec2:*:*:instance/*" }]
  })
}

resource "aws_iam_policy" "boot_script_near" {
  name        = "shop-prod-boot-script-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ec2:StopInstances", "ec2:StartInstances"], Resource = "*", Condition = { StringEquals = { "ec2:ResourceTag/Service" = "shop-reports" } } }]
  })
}
