# A harmless policy document is overridden by one that is known only after the apply and allows everything.
# Source: CKV_AWS_62, IAM.1
# Fault at: aws_iam_policy.override_unknown_fault
# Near miss at: aws_iam_policy.override_unknown_near

resource "terraform_data" "override_unknown" {
  input = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Read", Effect = "Allow", Action = "*", Resource = "*" }]
  })
}

resource "aws_kms_key" "override_unknown" {
  description             = "Topics"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_sns_topic" "override_unknown" {
  name              = "shop-prod-override"
  kms_master_key_id = aws_kms_key.override_unknown.arn
}

data "aws_iam_policy_document" "override_unknown_a" {
  override_policy_documents = [terraform_data.override_unknown.output]

  statement {
    sid       = "Read"
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::shop-prod-catalog/images/*"]
  }
}

resource "aws_iam_policy" "override_unknown_fault" {
  name   = "shop-prod-override-a"
  policy = data.aws_iam_policy_document.override_unknown_a.json
}

data "aws_iam_policy_document" "override_unknown_publish" {
  statement {
    sid       = "Publish"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.override_unknown.arn]
  }
}

data "aws_iam_policy_document" "override_unknown_b" {
  source_policy_documents = [data.aws_iam_policy_document.override_unknown_publish.json]

  statement {
    sid       = "Key"
    actions   = ["kms:GenerateDataKey", "kms:Decrypt"]
    resources = [aws_kms_key.override_unknown.arn]
  }
}

resource "aws_iam_policy" "override_unknown_near" {
  name   = "shop-prod-override-b"
  policy = data.aws_iam_policy_document.override_unknown_b.json
}
