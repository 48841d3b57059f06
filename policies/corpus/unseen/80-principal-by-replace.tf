# The principal of a trust policy is a role's ARN that is replaced by a star at the apply.
# Source: CKV_AWS_61
# Fault at: aws_iam_role.star_replace_fault
# Near miss at: aws_iam_role.star_replace_near

data "aws_iam_policy_document" "star_replace_caller_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "star_replace_caller" {
  name               = "shop-prod-star-replace-caller"
  assume_role_policy = data.aws_iam_policy_document.star_replace_caller_trust.json
}

data "aws_iam_policy_document" "star_replace_a" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = [replace(aws_iam_role.star_replace_caller.arn, "/^.+$/", "*")]
    }
  }
}

data "aws_iam_policy_document" "star_replace_b" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = [try(aws_iam_role.star_replace_caller.arn, "*")]
    }
  }
}

resource "aws_iam_role" "star_replace_fault" {
  name               = "shop-prod-star-replace-a"
  assume_role_policy = data.aws_iam_policy_document.star_replace_a.json
}

resource "aws_iam_role" "star_replace_near" {
  name               = "shop-prod-star-replace-b"
  assume_role_policy = data.aws_iam_policy_document.star_replace_b.json
}
