# The ARN of a harmless policy is replaced, at the apply, by the ARN of the administrator's policy.
# Source: CKV_AWS_274
# Fault at: aws_iam_role_policy_attachment.replace_arn_fault
# Near miss at: aws_iam_role_policy_attachment.replace_arn_near

data "aws_iam_policy_document" "replace_arn_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "replace_arn" {
  name               = "shop-prod-replace-arn"
  assume_role_policy = data.aws_iam_policy_document.replace_arn_trust.json
}

data "aws_iam_policy_document" "replace_arn" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::shop-prod-catalog/images/*"]
  }
}

resource "aws_iam_policy" "replace_arn" {
  name   = "shop-prod-replace-arn-read"
  policy = data.aws_iam_policy_document.replace_arn.json
}

resource "aws_iam_role_policy_attachment" "replace_arn_fault" {
  role       = aws_iam_role.replace_arn.name
  policy_arn = replace(aws_iam_policy.replace_arn.arn, "/^.*$/", "arn:aws:iam::aws:policy/AdministratorAccess")
}

resource "aws_iam_role_policy_attachment" "replace_arn_near" {
  role       = aws_iam_role.replace_arn.name
  policy_arn = aws_iam_policy.replace_arn.arn
}
