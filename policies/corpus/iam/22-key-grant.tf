# The policy lets its holder hand the use of every key to anybody.
# Source: CKV_AWS_111, Security Hub KMS.1, https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
# Fault at: aws_iam_policy.key_grant_fault
# Near miss at: aws_iam_policy.key_grant_near

resource "aws_kms_key" "grant_volume" {
  description         = "Volumes of the workers."
  enable_key_rotation = true
}

data "aws_iam_policy_document" "key_grant_fault" {
  statement {
    actions   = ["kms:CreateGrant", "kms:DescribeKey"]
    resources = ["arn:aws:kms:*:*:key/*"]
  }
}

resource "aws_iam_policy" "key_grant_fault" {
  name   = "shop-prod-key-grant-fault"
  policy = data.aws_iam_policy_document.key_grant_fault.json
}

data "aws_iam_policy_document" "key_grant_near" {
  statement {
    actions   = ["kms:CreateGrant", "kms:DescribeKey"]
    resources = [aws_kms_key.grant_volume.arn]
    condition {
      test     = "Bool"
      variable = "kms:GrantIsForAWSResource"
      values   = ["true"]
    }
  }
}

resource "aws_iam_policy" "key_grant_near" {
  name   = "shop-prod-key-grant-near"
  policy = data.aws_iam_policy_document.key_grant_near.json
}
