# A module's document, whose topic is known only after the apply, lets everybody publish.
# Source: CKV_AWS_169, SNS.4
# Fault at: aws_sns_topic_policy.doc_mod_fault
# Near miss at: aws_sns_topic_policy.doc_mod_near

resource "aws_kms_key" "doc_mod" {
  description             = "Topics"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_sns_topic" "doc_mod" {
  name              = "shop-prod-doc-mod"
  kms_master_key_id = aws_kms_key.doc_mod.arn
}

data "aws_iam_policy_document" "doc_mod_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "doc_mod" {
  name               = "shop-prod-doc-mod"
  assume_role_policy = data.aws_iam_policy_document.doc_mod_trust.json
}

module "doc_mod_a" {
  source    = "./modules/doc"
  topic_arn = aws_sns_topic.doc_mod.arn
  principal = { type = "AWS", id = "*" }
}

module "doc_mod_b" {
  source    = "./modules/doc"
  topic_arn = aws_sns_topic.doc_mod.arn
  principal = { type = "AWS", id = aws_iam_role.doc_mod.arn }
}

resource "aws_sns_topic_policy" "doc_mod_fault" {
  arn    = aws_sns_topic.doc_mod.arn
  policy = module.doc_mod_a.json
}

resource "aws_sns_topic_policy" "doc_mod_near" {
  arn    = aws_sns_topic.doc_mod.arn
  policy = module.doc_mod_b.json
}
