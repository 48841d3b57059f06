# The role asks for a second factor only if the caller's credentials know of one, so access keys come in without it.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
# Fault at: aws_iam_role.second_factor_if_any_fault
# Near miss at: aws_iam_role.second_factor_if_any_near

resource "aws_iam_user" "second_factor_oncall" {
  name = "shop-prod-oncall"
}

data "aws_iam_policy_document" "second_factor_if_any_fault" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_user.second_factor_oncall.arn]
    }
    condition {
      test     = "BoolIfExists"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["true"]
    }
  }
}

resource "aws_iam_role" "second_factor_if_any_fault" {
  name               = "shop-prod-second-factor-if-any-fault"
  assume_role_policy = data.aws_iam_policy_document.second_factor_if_any_fault.json
}

data "aws_iam_policy_document" "second_factor_if_any_near" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_user.second_factor_oncall.arn]
    }
    condition {
      test     = "Bool"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["true"]
    }
  }
}

resource "aws_iam_role" "second_factor_if_any_near" {
  name               = "shop-prod-second-factor-if-any-near"
  assume_role_policy = data.aws_iam_policy_document.second_factor_if_any_near.json
}
