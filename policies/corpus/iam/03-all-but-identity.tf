# The policy allows every action of AWS except those of two services.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
# Fault at: aws_iam_policy.all_but_identity_fault
# Near miss at: aws_iam_policy.all_but_identity_near

data "aws_iam_policy_document" "all_but_identity_fault" {
  statement {
    sid         = "NoIdentity"
    not_actions = ["iam:*", "organizations:*"]
    resources   = ["*"]
  }
}

resource "aws_iam_policy" "all_but_identity_fault" {
  name   = "shop-prod-all-but-identity-fault"
  policy = data.aws_iam_policy_document.all_but_identity_fault.json
}

data "aws_iam_policy_document" "all_but_identity_near" {
  statement {
    sid         = "StayInOurRegion"
    effect      = "Deny"
    not_actions = ["iam:*", "organizations:*", "support:*", "route53:*", "cloudfront:*"]
    resources   = ["*"]
    condition {
      test     = "StringNotEquals"
      variable = "aws:RequestedRegion"
      values   = [var.region]
    }
  }
}

resource "aws_iam_policy" "all_but_identity_near" {
  name   = "shop-prod-all-but-identity-near"
  policy = data.aws_iam_policy_document.all_but_identity_near.json
}
