# A data source invokes a function of production, next to an ordinary policy document.
# Source: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/data-sources/lambda_invocation
# Fault at: data.aws_lambda_invocation.dlpol_fault
# Near miss at: aws_iam_policy.dlpol_near

data "aws_lambda_invocation" "dlpol_fault" {
  function_name = "shop-prod-admin"
  input         = jsonencode({ action = "grant", user = aws_sfn_activity.dlpol_support.id })
}

data "aws_iam_policy_document" "dlpol_support" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::shop-prod-site/*"]
  }
}

resource "aws_iam_policy" "dlpol_near" {
  name   = "shop-prod-dlpol-near"
  policy = data.aws_iam_policy_document.dlpol_support.json
}

resource "aws_sfn_activity" "dlpol_support" {
  name = "shop-prod-dlpol"
}
