# The deploying role loses its permissions boundary.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
# Fault at: aws_iam_role.boundary_removed_fault
# Near miss at: aws_iam_role.boundary_removed_near

resource "aws_iam_role" "boundary_removed_fault" {
  name = "shop-prod-orders-deploy"

  max_session_duration = 3600
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "codebuild.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role" "boundary_removed_near" {
  name                 = "shop-prod-billing-deploy"
  permissions_boundary = "arn:aws:iam:::policy/shop-prod-boundary"
  max_session_duration = 7200
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "codebuild.amazonaws.com" }
    }]
  })
}
