# Every repository of GitHub may assume a role, because the trust policy has only the audience as condition.
# Source: CKV_AWS_358, https://docs.github.com/en/actions/security-for-github-actions
# Fault at: aws_iam_role.oidc_any_fault
# Near miss at: aws_iam_role.oidc_any_near

resource "aws_iam_openid_connect_provider" "oidc_any" {
  url             = "https://token.actions.githubusercontent.com"
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]
}

data "aws_iam_policy_document" "oidc_any_a" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.oidc_any.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "${trimprefix(aws_iam_openid_connect_provider.oidc_any.url, "https://")}:aud"
      values   = ["sts.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "oidc_any_fault" {
  name               = "shop-prod-oidc-any-a"
  assume_role_policy = data.aws_iam_policy_document.oidc_any_a.json
}

data "aws_iam_policy_document" "oidc_any_b" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.oidc_any.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "${trimprefix(aws_iam_openid_connect_provider.oidc_any.url, "https://")}:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "${trimprefix(aws_iam_openid_connect_provider.oidc_any.url, "https://")}:sub"
      values   = ["repo:shop-company/orders:ref:refs/heads/main"]
    }
  }
}

resource "aws_iam_role" "oidc_any_near" {
  name               = "shop-prod-oidc-any-b"
  assume_role_policy = data.aws_iam_policy_document.oidc_any_b.json
}
