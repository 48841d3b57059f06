# Every repository of GitHub except one may become the role.
# Source: CKV_AWS_358
# Fault at: aws_iam_role.all_but_one_repository_fault
# Near miss at: aws_iam_role.all_but_one_repository_near

resource "aws_iam_openid_connect_provider" "but_one_github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

data "aws_iam_policy_document" "all_but_one_repository_fault" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.but_one_github.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringNotLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:acme-shop/playground:*"]
    }
  }
}

resource "aws_iam_role" "all_but_one_repository_fault" {
  name               = "shop-prod-all-but-one-repository-fault"
  assume_role_policy = data.aws_iam_policy_document.all_but_one_repository_fault.json
}

data "aws_iam_policy_document" "all_but_one_repository_near" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.but_one_github.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:acme-shop/orders:ref:refs/heads/*"]
    }
    condition {
      test     = "StringNotLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:acme-shop/orders:ref:refs/heads/dependabot/*"]
    }
  }
}

resource "aws_iam_role" "all_but_one_repository_near" {
  name               = "shop-prod-all-but-one-repository-near"
  assume_role_policy = data.aws_iam_policy_document.all_but_one_repository_near.json
}
