# A role gets a policy whose ARN is known only after the apply, and it is the administrator's.
# Source: CKV_AWS_274, IAM.1
# Fault at: aws_iam_role_policy_attachment.attach_echo_fault
# Near miss at: aws_iam_role_policy_attachment.attach_echo_near

resource "terraform_data" "attach_echo" {
  input = "arn:aws:iam::aws:policy/AdministratorAccess"
}

data "aws_iam_policy_document" "attach_echo_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "attach_echo" {
  name               = "shop-prod-attach-echo"
  assume_role_policy = data.aws_iam_policy_document.attach_echo_trust.json
}

resource "aws_iam_role_policy_attachment" "attach_echo_fault" {
  role       = aws_iam_role.attach_echo.name
  policy_arn = terraform_data.attach_echo.output
}

data "aws_iam_policy_document" "attach_echo_read" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::shop-prod-catalog/images/*"]
  }
}

module "attach_echo_policy" {
  source = "./modules/iam-policy"
  name   = "shop-prod-attach-echo-read"
  policy = data.aws_iam_policy_document.attach_echo_read.json
}

resource "aws_iam_role_policy_attachment" "attach_echo_near" {
  role       = aws_iam_role.attach_echo.name
  policy_arn = module.attach_echo_policy.arn
}
