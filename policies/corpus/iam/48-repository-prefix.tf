# Every GitHub organisation whose name begins with acme may become the role.
# Source: CKV_AWS_358, Datadog: misconfigured GitHub OIDC roles
# Fault at: aws_iam_role.repository_prefix_fault
# Near miss at: aws_iam_role.repository_prefix_near

resource "aws_iam_openid_connect_provider" "prefix_github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

data "aws_iam_policy_document" "repository_prefix_fault" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.prefix_github.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:acme*"]
    }
  }
}

resource "aws_iam_role" "repository_prefix_fault" {
  name               = "shop-prod-repository-prefix-fault"
  assume_role_policy = data.aws_iam_policy_document.repository_prefix_fault.json
}

data "aws_iam_policy_document" "repository_prefix_near" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.prefix_github.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:acme-shop/orders:ref:refs/tags/v*"]
    }
  }
}

resource "aws_iam_role" "repository_prefix_near" {
  name               = "shop-prod-repository-prefix-near"
  assume_role_policy = data.aws_iam_policy_document.repository_prefix_near.json
}
