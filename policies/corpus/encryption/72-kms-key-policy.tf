# The policy of the key gives everything to anybody who calls through S3, and another one to a foreign account.
# Source: KMS.5, CKV_AWS_33, CKV2_AWS_64
# Fault at: aws_kms_key.outsider_fault
# Fault at: aws_kms_key_policy.outsider_fault
# Near miss at: aws_kms_key.outsider_near

data "aws_iam_policy_document" "outsider_base" {
  statement {
    sid       = "Logs"
    actions   = ["kms:GenerateDataKey*", "kms:Decrypt"]
    resources = ["*"]
    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "outsider_extra" {
  statement {
    sid       = "Logs"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "StringLike"
      variable = "kms:ViaService"
      values   = ["s3.*.amazonaws.com"]
    }
  }
}

# The later document replaces the statement with the same name.
data "aws_iam_policy_document" "outsider_merged" {
  source_policy_documents   = [data.aws_iam_policy_document.outsider_base.json]
  override_policy_documents = [data.aws_iam_policy_document.outsider_extra.json]
}

resource "aws_kms_key" "outsider_fault" {
  description         = "Exports"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.outsider_merged.json
}

resource "aws_kms_key" "outsider_plain" {
  description         = "Imports"
  enable_key_rotation = true
}

resource "aws_kms_key_policy" "outsider_fault" {
  key_id                             = aws_kms_key.outsider_plain.id
  bypass_policy_lockout_safety_check = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect    = "Allow"
      Principal = { AWS = ["999988887777"] }
      Action    = ["KMS:*"]
      Resource  = "*"
    }
  })
}

resource "aws_kms_key" "outsider_near" {
  description         = "Shared exports"
  enable_key_rotation = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Account"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = "kms:*"
        Resource  = "*"
        Condition = { StringEquals = { "kms:CallerAccount" = "123456789012" } }
      },
      {
        Sid       = "OrganizationThroughS3"
        Effect    = "Allow"
        Principal = { AWS = "*" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
        Condition = {
          StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" }
          StringLike   = { "kms:ViaService" = "s3.*.amazonaws.com" }
        }
      }
    ]
  })
}
