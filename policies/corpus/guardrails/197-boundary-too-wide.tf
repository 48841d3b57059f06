# The boundary of the deploying role becomes the policy that allows everything.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
# Fault at: aws_iam_role.boundary_too_wide_fault
# Near miss at: aws_iam_role.boundary_too_wide_near

resource "aws_iam_role" "boundary_too_wide_fault" {
  name                 = "shop-prod-orders-release"
  permissions_boundary = "arn:aws:iam::aws:policy/AdministratorAccess"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "codebuild.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role" "boundary_too_wide_near" {
  name                 = "shop-prod-billing-release"
  permissions_boundary = "arn:aws:iam:::policy/shop-prod-boundary-v2"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "codebuild.amazonaws.com" }
    }]
  })
}
