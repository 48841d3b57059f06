# The policy allows every storage action on everything except one bucket.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html
# Fault at: aws_iam_policy.all_resources_but_one_fault
# Near miss at: aws_iam_policy.all_resources_but_one_near

data "aws_iam_policy_document" "all_resources_but_one_fault" {
  statement {
    actions       = ["s3:GetObject", "s3:PutObject"]
    not_resources = ["arn:aws:s3:::shop-prod-audit", "arn:aws:s3:::shop-prod-audit/*"]
  }
}

resource "aws_iam_policy" "all_resources_but_one_fault" {
  name   = "shop-prod-all-resources-but-one-fault"
  policy = data.aws_iam_policy_document.all_resources_but_one_fault.json
}

data "aws_iam_policy_document" "all_resources_but_one_near" {
  statement {
    effect        = "Deny"
    actions       = ["s3:*"]
    not_resources = ["arn:aws:s3:::shop-prod-exchange", "arn:aws:s3:::shop-prod-exchange/*"]
  }
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::shop-prod-exchange/*"]
  }
}

resource "aws_iam_policy" "all_resources_but_one_near" {
  name   = "shop-prod-all-resources-but-one-near"
  policy = data.aws_iam_policy_document.all_resources_but_one_near.json
}
