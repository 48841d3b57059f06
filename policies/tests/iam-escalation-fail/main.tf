# Permissions that turn into more permissions.

resource "aws_iam_policy" "attach" {
  name = "shop-prod-attach"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:AttachRolePolicy"], Resource = "arn:aws:iam::123456789012:role/app/worker" }]
  })
}

resource "aws_iam_policy" "hidden_in_a_pattern" {
  name = "shop-prod-pattern"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:UpdateAssume*"], Resource = "arn:aws:iam::123456789012:role/app/worker" }]
  })
}

resource "aws_iam_policy" "unbounded" {
  name = "shop-prod-unbounded"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow", Action = "iam:CreateAccessKey", Resource = "arn:aws:iam::123456789012:user/dana"
      Condition = { StringEquals = { "aws:RequestedRegion" = "eu-central-1" } }
    }]
  })
}

resource "aws_iam_policy" "people" {
  name = "shop-prod-people"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sso:CreateAccountAssignment", Resource = "arn:aws:sso:::instance/i" }]
  })
}

resource "aws_iam_policy" "assume_any" {
  name = "shop-prod-assume-any"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Resource = "arn:aws:iam::*:role/deployer" }]
  })
}

resource "aws_iam_policy" "assume_any_here" {
  name = "shop-prod-assume-any-here"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Resource = "arn:aws:iam::123456789012:role/*" }]
  })
}

# Every change of it grants more than before.
resource "aws_iam_policy" "wider" {
  name = "shop-prod-wider"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::shop-prod-orders/*" },
      { Effect = "Allow", Action = ["sqs:SendMessage"], Resource = "arn:aws:sqs:eu-central-1:123456789012:orders" },
    ]
  })
}
