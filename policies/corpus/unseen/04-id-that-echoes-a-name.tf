# A policy's ARN is built from the id of a parameter, which is a name that the author chose, so the role becomes an administrator.
# Source: CKV_AWS_274
# Fault at: aws_iam_role_policy_attachment.id_echo_fault
# Near miss at: aws_iam_role_policy_attachment.id_echo_near

data "aws_iam_policy_document" "id_echo_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "id_echo" {
  name               = "shop-prod-id-echo"
  assume_role_policy = data.aws_iam_policy_document.id_echo_trust.json
}

resource "aws_ssm_parameter" "id_echo" {
  name  = "/shop-prod/roles/AdministratorAccess"
  type  = "String"
  value = "documentation"
}

resource "aws_iam_role_policy_attachment" "id_echo_fault" {
  role       = aws_iam_role.id_echo.id
  policy_arn = "arn:aws:iam::aws:policy/${basename(aws_ssm_parameter.id_echo.id)}"
}

data "aws_iam_policy_document" "id_echo" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::shop-prod-catalog/images/*"]
  }
}

resource "aws_iam_policy" "id_echo" {
  name   = "shop-prod-id-echo-read"
  policy = data.aws_iam_policy_document.id_echo.json
}

resource "aws_iam_role_policy_attachment" "id_echo_near" {
  role       = aws_iam_role.id_echo.id
  policy_arn = aws_iam_policy.id_echo.id
}
