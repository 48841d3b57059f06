# The change takes the permissions boundary off an existing role.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
# Fault at: aws_iam_role.unbound_fault
# Near miss at: aws_iam_role.unbound_near

# Exists before: see before/main.tf.
resource "aws_iam_role" "unbound_fault" {
  name               = "shop-prod-unbound-fault"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}

resource "aws_iam_role" "unbound_near" {
  name                 = "shop-prod-unbound-near"
  permissions_boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess"
  description          = "Reports of the shop."
  assume_role_policy   = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}
