# A role gets the administrator's policy by the value of a parameter.
# Source: CKV_AWS_274
# Fault at: aws_iam_role_policy_attachment.param_arn_fault
# Near miss at: aws_iam_role_policy_attachment.param_arn_near

resource "aws_ssm_parameter" "param_arn_a" {
  name           = "/shop-prod/policies/a"
  type           = "String"
  insecure_value = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_ssm_parameter" "param_arn_b" {
  name           = "/shop-prod/policies/b"
  type           = "String"
  insecure_value = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
}

data "aws_iam_policy_document" "param_arn_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "param_arn" {
  name               = "shop-prod-param-arn"
  assume_role_policy = data.aws_iam_policy_document.param_arn_trust.json
}

resource "aws_iam_role_policy_attachment" "param_arn_fault" {
  role       = aws_iam_role.param_arn.name
  policy_arn = aws_ssm_parameter.param_arn_a.insecure_value
}

resource "aws_iam_role_policy_attachment" "param_arn_near" {
  role       = aws_iam_role.param_arn.name
  policy_arn = aws_ssm_parameter.param_arn_b.insecure_value
}
