# Every person of the company's directory may become the role, by an assertion made for any application.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html
# Fault at: aws_iam_role.any_employee_fault
# Near miss at: aws_iam_role.any_employee_near

resource "aws_iam_saml_provider" "company" {
  name                   = "shop-prod-company"
  saml_metadata_document = "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"https://idp.shop.example/metadata\">${join("", [for i in range(1000) : " "])}</EntityDescriptor>"
}

data "aws_iam_policy_document" "any_employee_fault" {
  statement {
    actions = ["sts:AssumeRoleWithSAML"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_saml_provider.company.arn]
    }
  }
}

resource "aws_iam_role" "any_employee_fault" {
  name               = "shop-prod-any-employee-fault"
  assume_role_policy = data.aws_iam_policy_document.any_employee_fault.json
}

data "aws_iam_policy_document" "any_employee_near" {
  statement {
    actions = ["sts:AssumeRoleWithSAML"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_saml_provider.company.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "SAML:aud"
      values   = ["https://signin.aws.amazon.com/saml"]
    }
  }
}

resource "aws_iam_role" "any_employee_near" {
  name               = "shop-prod-any-employee-near"
  assume_role_policy = data.aws_iam_policy_document.any_employee_near.json
}
