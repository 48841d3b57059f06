# The policy lets its holder put an SSH key of his own on every instance.
# Source: pathfinding.cloud ec2instanceconnect-003
# Fault at: aws_iam_policy.any_ssh_key_fault
# Near miss at: aws_iam_policy.any_ssh_key_near

resource "aws_iam_policy" "any_ssh_key_fault" {
  name        = "shop-prod-any-ssh-key-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "ec2-instance-connect:SendSSHPublicKey", Resource = "arn:aws:ec2:*:*:instance/*" }]
  })
}

resource "aws_iam_policy" "any_ssh_key_near" {
  name        = "shop-prod-any-ssh-key-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "ec2-instance-connect:SendSSHPublicKey", Resource = "arn:aws:ec2:*:*:instance/*", Condition = { StringEquals = { "aws:ResourceTag/Service" = "shop-bastion", "ec2:osuser" = "support" } } }]
  })
}
