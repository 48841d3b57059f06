# One of the documents that are merged into the policy allows everything on everything.
# Source: CKV_AWS_355, CKV_AWS_63, AVD-AWS-0057
# Fault at: aws_iam_policy.merged_fault
# Near miss at: aws_iam_policy.merged_near

resource "aws_sns_topic" "merged_events" {
  name              = "shop-prod-merged-events"
  kms_master_key_id = aws_kms_key.merged_events.arn
}

resource "aws_kms_key" "merged_events" {
  description         = "Events of the shop."
  enable_key_rotation = true
}

data "aws_iam_policy_document" "merged_publish" {
  statement {
    sid       = "Publish"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.merged_events.arn]
  }
}

data "aws_iam_policy_document" "merged_base" {
  statement {
    sid       = "Base"
    actions   = ["*:*"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "merged_fault" {
  source_policy_documents = [data.aws_iam_policy_document.merged_publish.json, data.aws_iam_policy_document.merged_base.json]
}

# The statement "Base" is replaced by a narrow one of the same sid.
data "aws_iam_policy_document" "merged_near" {
  source_policy_documents = [data.aws_iam_policy_document.merged_base.json]
  override_policy_documents = [jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Base", Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::shop-prod-catalogue/*" }]
  })]
}

resource "aws_iam_policy" "merged_fault" {
  name   = "shop-prod-merged-fault"
  policy = data.aws_iam_policy_document.merged_fault.json
}

resource "aws_iam_policy" "merged_near" {
  name   = "shop-prod-merged-near"
  policy = data.aws_iam_policy_document.merged_near.json
}
