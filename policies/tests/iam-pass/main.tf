# Near misses: policies that look too permissive but are not.

resource "aws_sqs_queue" "orders" {
  name                    = "shop-prod-orders"
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "allowAll" })
}

resource "aws_iam_policy" "named" {
  name = "shop-prod-named"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject"], Resource = ["arn:aws:s3:::shop-prod-orders/*"] },
      { Effect = "Deny", NotAction = "s3:*", Resource = "*" },
    ]
  })
}

# These actions do not support resource ARNs.
resource "aws_iam_policy" "unscoped" {
  name = "shop-prod-unscoped"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Resource = "*" },
      { Effect = "Allow", Action = ["cloudwatch:PutMetricData", "ecr:GetAuthorizationToken", "sts:GetCallerIdentity"], Resource = "*" },
    ]
  })
}

resource "aws_iam_policy" "pass_one_role" {
  name = "shop-prod-pass-one-role"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = "arn:aws:iam::111122223333:role/shop-prod-worker" }]
  })
}

data "aws_iam_policy_document" "deferred" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.orders.arn]
  }
}

resource "aws_iam_policy" "deferred" {
  name   = "shop-prod-deferred"
  policy = data.aws_iam_policy_document.deferred.json
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_sqs_queue.orders.arn]
    }
  }

  statement {
    effect  = "Deny"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_iam_role" "worker" {
  name               = "shop-prod-worker"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy_attachment" "worker" {
  role       = aws_iam_role.worker.name
  policy_arn = aws_iam_policy.named.arn
}

resource "aws_iam_role_policy_attachment" "reader" {
  role       = aws_iam_role.worker.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_role" "people" {
  name = "shop-prod-people"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = ["arn:aws:iam::111122223333:user/dana", "arn:aws:iam::111122223333:role/operators"] }
    }]
  })
}

resource "aws_iam_role" "github" {
  name = "shop-prod-github"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
      Condition = {
        StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }
        StringLike   = { "token.actions.githubusercontent.com:sub" = "repo:shop/infra:*" }
      }
    }]
  })
}

# An empty block means that there are no inline policies.
resource "aws_iam_role" "none_inline" {
  name               = "shop-prod-none-inline"
  assume_role_policy = data.aws_iam_policy_document.trust.json

  inline_policy {}
}

# The same plan creates the provider, so its ARN is only known after the apply. Two conditions use one test.
resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

data "aws_iam_policy_document" "github" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:shop/infra:ref:refs/heads/main"]
    }
  }
}

resource "aws_iam_role" "github_later" {
  name               = "shop-prod-github-later"
  assume_role_policy = data.aws_iam_policy_document.github.json
}

# A monitoring agent, not an agent that proposes changes.
resource "aws_iam_role" "cloudwatch_agent" {
  name               = "shop-prod-cloudwatch-agent"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

# Its ARN is only known after the apply, but the plan shows what it allows.
resource "aws_iam_role_policy_attachment" "own" {
  role       = "shop-prod-worker"
  policy_arn = aws_iam_policy.attached.arn
}

resource "aws_iam_policy" "attached" {
  name   = "shop-prod-attached"
  policy = data.aws_iam_policy_document.attached.json
}

data "aws_iam_policy_document" "attached" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.attached.arn]
  }
}

resource "aws_sqs_queue" "attached" {
  name                    = "shop-prod-attached"
  sqs_managed_sse_enabled = true
  redrive_allow_policy    = jsonencode({ redrivePermission = "allowAll" })
}

resource "aws_iam_role" "cognito" {
  name = "shop-prod-cognito"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{
    Effect    = "Allow", Principal = { Federated = "cognito-identity.amazonaws.com" }, Action = "sts:AssumeRoleWithWebIdentity"
    Condition = { StringEquals = { "cognito-identity.amazonaws.com:aud" = "eu-central-1:pool" } }
  }] })
}

# Reading actions of EC2 support no ARNs, and a deployment role may be limited to resources with a tag.
resource "aws_iam_policy" "by_tag" {
  name = "shop-prod-by-tag"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["ec2:DescribeInstances", "ec2:DescribeSubnets"], Resource = "*" },
      { Effect = "Allow", Action = ["elasticache:DescribeReplicationGroups"], Resource = "arn:aws:elasticache:eu-central-1:${var.account}:cluster:*" },
      { Effect = "Allow", Action = ["ec2:CreateVolume"], Resource = "*", Condition = { StringEquals = { "aws:RequestTag/Project" = "shop" } } },
      { Effect = "Allow", Action = ["ec2:StopInstances"], Resource = "*", Condition = { StringLike = { "aws:ResourceTag/Project" = ["shop"] } } },
    ]
  })
}

variable "account" {
  description = "Account that everything is in."
  type        = string
  default     = "123456789012"
}
