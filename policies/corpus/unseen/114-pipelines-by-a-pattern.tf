# Every project of a public code host may assume a role, because the pattern for the subject matches all of them.
# Source: CKV_AWS_358, https://docs.gitlab.com/ci/cloud_services/aws/
# Fault at: aws_iam_role.oidc_sub_fault
# Near miss at: aws_iam_role.oidc_sub_near

locals {
  oidc_sub = { project = "shop-company/orders", branch = "main" }
}

resource "aws_iam_openid_connect_provider" "oidc_sub" {
  url             = "https://gitlab.com"
  client_id_list  = ["https://gitlab.com"]
  thumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]
}

data "aws_iam_policy_document" "oidc_sub_fault" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.oidc_sub.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "gitlab.com:aud"
      values   = ["https://gitlab.com"]
    }

    condition {
      test     = "StringLike"
      variable = "gitlab.com:sub"
      values   = [join(":", ["project_path", "*", "ref_type", "branch", "ref", local.oidc_sub.branch])]
    }
  }
}

resource "aws_iam_role" "oidc_sub_fault" {
  name               = "shop-prod-oidc-sub-a"
  assume_role_policy = data.aws_iam_policy_document.oidc_sub_fault.json
}

data "aws_iam_policy_document" "oidc_sub_near" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.oidc_sub.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "gitlab.com:aud"
      values   = ["https://gitlab.com"]
    }

    condition {
      test     = "StringLike"
      variable = "gitlab.com:sub"
      values   = [join(":", ["project_path", local.oidc_sub.project, "ref_type", "branch", "ref", local.oidc_sub.branch])]
    }
  }
}

resource "aws_iam_role" "oidc_sub_near" {
  name               = "shop-prod-oidc-sub-b"
  assume_role_policy = data.aws_iam_policy_document.oidc_sub_near.json
}
