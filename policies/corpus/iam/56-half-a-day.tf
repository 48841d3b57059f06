# The agents' pipeline may hold the role for twelve hours at a time.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-settings.html
# Fault at: aws_iam_role.half_a_day_fault
# Near miss at: aws_iam_role.half_a_day_near

resource "aws_iam_openid_connect_provider" "half_day_github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

data "aws_iam_policy_document" "half_a_day_fault" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.half_day_github.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:acme-shop/agents:environment:prod"]
    }
  }
}

resource "aws_iam_role" "half_a_day_fault" {
  name                 = "shop-prod-half-a-day-fault"
  assume_role_policy   = data.aws_iam_policy_document.half_a_day_fault.json
  max_session_duration = 43200
}

data "aws_iam_policy_document" "half_a_day_near" {
  statement {
    actions = ["sts:AssumeRole", "sts:TagSession"]
    principals {
      type        = "Service"
      identifiers = ["pods.eks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "half_a_day_near" {
  name                 = "shop-prod-half-a-day-near"
  assume_role_policy   = data.aws_iam_policy_document.half_a_day_near.json
  max_session_duration = 7200
}
