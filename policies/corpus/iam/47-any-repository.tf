# Every repository of GitHub may become the role, if its branch is called main.
# Source: CKV_AWS_358, https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services
# Fault at: aws_iam_role.any_repository_fault
# Near miss at: aws_iam_role.any_repository_near

resource "aws_iam_openid_connect_provider" "any_repository_github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

data "aws_iam_policy_document" "any_repository_fault" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.any_repository_github.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:*:ref:refs/heads/main"]
    }
  }
}

resource "aws_iam_role" "any_repository_fault" {
  name               = "shop-prod-any-repository-fault"
  assume_role_policy = data.aws_iam_policy_document.any_repository_fault.json
}

data "aws_iam_policy_document" "any_repository_near" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.any_repository_github.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:acme-shop/orders:ref:refs/heads/main", "repo:acme-shop/orders:environment:prod"]
    }
  }
}

resource "aws_iam_role" "any_repository_near" {
  name               = "shop-prod-any-repository-near"
  assume_role_policy = data.aws_iam_policy_document.any_repository_near.json
}
