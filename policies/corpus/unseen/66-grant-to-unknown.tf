# A grant lets a principal decrypt that is known only after the apply.
# Source: https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
# Fault at: aws_kms_grant.grant_unknown_fault
# Near miss at: aws_kms_grant.grant_unknown_near

resource "terraform_data" "grant_unknown" {
  input = "arn:aws:iam::999988887777:root"
}

resource "aws_kms_key" "grant_unknown" {
  description             = "Orders"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

data "aws_iam_policy_document" "grant_unknown" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "grant_unknown" {
  name               = "shop-prod-grant-unknown"
  assume_role_policy = data.aws_iam_policy_document.grant_unknown.json
}

resource "aws_kms_grant" "grant_unknown_fault" {
  name              = "shop-prod-grant-a"
  key_id            = aws_kms_key.grant_unknown.key_id
  grantee_principal = terraform_data.grant_unknown.output
  operations        = ["Decrypt", "GenerateDataKey"]
}

resource "aws_kms_grant" "grant_unknown_near" {
  name              = "shop-prod-grant-b"
  key_id            = aws_kms_key.grant_unknown.key_id
  grantee_principal = aws_iam_role.grant_unknown.arn
  operations        = ["Decrypt", "GenerateDataKey"]
}
