# Every certificate of every trust anchor may become the role.
# Source: https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
# Fault at: aws_iam_role.any_certificate_fault
# Near miss at: aws_iam_role.any_certificate_near

resource "aws_rolesanywhere_trust_anchor" "tills" {
  name    = "shop-prod-tills"
  enabled = true
  source {
    source_type = "CERTIFICATE_BUNDLE"
    source_data {
      x509_certificate_data = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"
    }
  }
}

data "aws_iam_policy_document" "any_certificate_fault" {
  statement {
    actions = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"]
    principals {
      type        = "Service"
      identifiers = ["rolesanywhere.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "any_certificate_fault" {
  name               = "shop-prod-any-certificate-fault"
  assume_role_policy = data.aws_iam_policy_document.any_certificate_fault.json
}

data "aws_iam_policy_document" "any_certificate_near" {
  statement {
    actions = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"]
    principals {
      type        = "Service"
      identifiers = ["rolesanywhere.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalTag/x509Subject/CN"
      values   = ["till-01.shop.example"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_rolesanywhere_trust_anchor.tills.arn]
    }
  }
}

resource "aws_iam_role" "any_certificate_near" {
  name               = "shop-prod-any-certificate-near"
  assume_role_policy = data.aws_iam_policy_document.any_certificate_near.json
}
