# A role's trust policy comes from an output that is known only after the apply and lets every AWS account assume the role.
# Source: CKV_AWS_61, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
# Fault at: aws_iam_role.trust_echo_fault
# Near miss at: aws_iam_role.trust_echo_near

resource "terraform_data" "trust_echo" {
  input = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" } }]
  })
}

resource "aws_iam_role" "trust_echo_fault" {
  name               = "shop-prod-trust-echo-a"
  assume_role_policy = terraform_data.trust_echo.output
}

data "aws_iam_policy_document" "trust_echo_service" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "trust_echo_caller" {
  name               = "shop-prod-trust-echo-caller"
  assume_role_policy = data.aws_iam_policy_document.trust_echo_service.json
}

data "aws_iam_policy_document" "trust_echo_near" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.trust_echo_caller.arn]
    }
  }
}

resource "aws_iam_role" "trust_echo_near" {
  name               = "shop-prod-trust-echo-b"
  assume_role_policy = data.aws_iam_policy_document.trust_echo_near.json
}
