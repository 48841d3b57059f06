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

# Conditions that keep nothing in bounds.
resource "aws_iam_policy" "loose_bounds" {
  for_each = {
    any    = { action = "iam:AttachRolePolicy", test = "StringLike", key = "iam:PolicyARN", value = "*" }
    admin  = { action = "iam:AttachUserPolicy", test = "ArnEquals", key = "iam:PolicyARN", value = "arn:aws:iam::aws:policy/AdministratorAccess" }
    delete = { action = "iam:DeleteRolePermissionsBoundary", test = "StringEquals", key = "iam:PermissionsBoundary", value = "arn:aws:iam::123456789012:policy/boundary" }
    not    = { action = "iam:PutGroupPolicy", test = "StringNotEquals", key = "iam:PermissionsBoundary", value = "arn:aws:iam::123456789012:policy/boundary" }
  }
  name = "shop-prod-${each.key}"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = each.value.action, Resource = "arn:aws:iam::123456789012:role/app/worker", Condition = { (each.value.test) = { (each.value.key) = each.value.value } } }]
  })
}

# On oneself: more than a key or a password.
resource "aws_iam_policy" "oneself" {
  name = "shop-prod-oneself"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:PutUserPolicy"], Resource = "arn:aws:iam::123456789012:user/$${aws:username}" }]
  })
}

# On a role that the same plan creates.
resource "aws_iam_role" "self" {
  name               = "shop-prod-self"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

data "aws_iam_policy_document" "self" {
  statement {
    actions   = ["iam:PutRolePolicy"]
    resources = [aws_iam_role.self.arn]
  }
}

resource "aws_iam_policy" "self" {
  name   = "shop-prod-self"
  policy = data.aws_iam_policy_document.self.json
}

resource "aws_iam_policy" "many" {
  name = "shop-prod-many"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:PutRolePolicy"], Resource = [for name in ["a", "b", "c", "d", "e"] : "arn:aws:iam::123456789012:role/app/${name}"] }]
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

# More actions than before, fewer exceptions, another principal, and a condition that is gone.
resource "aws_iam_policy" "more_actions" {
  name = "shop-prod-more-actions"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "arn:aws:s3:::shop-prod-orders/*" },
    ]
  })
}

resource "aws_iam_policy" "denies_less" {
  name = "shop-prod-denies-less"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Deny", NotAction = ["s3:*", "kms:*"], Resource = "*" },
    ]
  })
}

resource "aws_iam_policy" "denies_now" {
  name = "shop-prod-denies-now"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject"], NotResource = "arn:aws:s3:::shop-prod-orders/*" },
      { Effect = "Deny", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::shop-prod-orders/secret" },
    ]
  })
}

resource "aws_iam_role" "trusted_by_more" {
  name               = "shop-prod-trusted"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["lambda.amazonaws.com", "ec2.amazonaws.com"] } }] })
}

# From what is excepted to what is meant, and back.
resource "aws_iam_policy" "excepted_before" {
  name   = "shop-prod-excepted-before"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::shop-prod-orders/*" }] })
}

resource "aws_iam_policy" "excepted_after" {
  name   = "shop-prod-excepted-after"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", NotAction = ["s3:GetObject"], Resource = "arn:aws:s3:::shop-prod-orders/*" }] })
}

# Everything but what would escalate: that is another fault.
resource "aws_iam_policy" "all_but_escalation" {
  name   = "shop-prod-all-but-escalation"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", NotAction = ["iam:*", "kms:*"], Resource = "*" }] })
}
