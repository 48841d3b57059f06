# Every account of any organisation may become the role.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid
# Fault at: aws_iam_role.any_organisation_fault
# Near miss at: aws_iam_role.any_organisation_near

resource "aws_iam_role" "any_organisation_fault" {
  name = "shop-prod-any-organisation-fault"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = ["*"] }, Condition = { StringLike = { "aws:PrincipalOrgID" = "o-*" } } }]
  })
}

resource "aws_iam_role" "any_organisation_near" {
  name = "shop-prod-any-organisation-near"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = ["*"] }, Condition = { StringEquals = { "aws:principalorgid" = "o-a1b2c3d4e5" }, ArnLike = { "aws:PrincipalArn" = "arn:aws:iam::*:role/shop-prod-deploy" } } }]
  })
}
