# One of several attachments of a role has a policy that is known only after the apply, and it is the administrator's.
# Source: CKV_AWS_274
# Fault at: aws_iam_role_policy_attachment.each_unknown_fault["metrics"]
# Near miss at: aws_iam_role_policy_attachment.each_unknown_near["images"]
# Near miss at: aws_iam_role_policy_attachment.each_unknown_near["network"]

resource "terraform_data" "each_unknown" {
  input = { metrics = "AdministratorAccess" }
}

data "aws_iam_policy_document" "each_unknown_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "each_unknown" {
  name               = "shop-prod-each-unknown"
  assume_role_policy = data.aws_iam_policy_document.each_unknown_trust.json
}

data "aws_iam_policy_document" "each_unknown" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::shop-prod-catalog/images/*"]
  }
}

resource "aws_iam_policy" "each_unknown" {
  name   = "shop-prod-each-unknown"
  policy = data.aws_iam_policy_document.each_unknown.json
}

resource "aws_iam_role_policy_attachment" "each_unknown_fault" {
  for_each = {
    network = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
    metrics = "arn:aws:iam::aws:policy/${terraform_data.each_unknown.output.metrics}"
  }

  role       = aws_iam_role.each_unknown.name
  policy_arn = each.value
}

resource "aws_iam_role_policy_attachment" "each_unknown_near" {
  for_each = {
    network = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
    images  = aws_iam_policy.each_unknown.arn
  }

  role       = aws_iam_role.each_unknown.name
  policy_arn = each.value
}
