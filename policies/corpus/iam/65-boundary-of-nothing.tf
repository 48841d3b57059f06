# The permissions boundary of the role allows everything and bounds nothing.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
# Fault at: aws_iam_role.bounded_fault
# Near miss at: aws_iam_role.bounded_near

resource "aws_iam_role" "bounded_fault" {
  name                 = "shop-prod-bounded-fault"
  permissions_boundary = "arn:aws:iam::aws:policy/AdministratorAccess"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

# A boundary of power users keeps the role from managing identities; it grants nothing.
resource "aws_iam_role" "bounded_near" {
  name                 = "shop-prod-bounded-near"
  permissions_boundary = "arn:aws:iam::aws:policy/PowerUserAccess"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}
