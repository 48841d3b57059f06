# A module combines a harmless document with one that lets everybody write, and the list of documents is unknown.
# Source: CKV_AWS_70, S3.3
# Fault at: module.combine_fault.aws_s3_bucket_policy.this[0]
# Near miss at: module.combine_near.aws_s3_bucket_policy.this[0]

data "aws_iam_policy_document" "combine_a" {
  statement {
    sid       = "Partners"
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::shop-prod-combine-a/*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "combine_reader_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "combine_reader" {
  name               = "shop-prod-combine-reader"
  assume_role_policy = data.aws_iam_policy_document.combine_reader_trust.json
}

data "aws_iam_policy_document" "combine_b" {
  statement {
    sid       = "Reader"
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::shop-prod-combine-b/*"]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.combine_reader.arn]
    }
  }
}

module "combine_fault" {
  source        = "./modules/s3"
  bucket        = "shop-prod-combine-a"
  attach_policy = true
  policy        = data.aws_iam_policy_document.combine_a.json
}

module "combine_near" {
  source        = "./modules/s3"
  bucket        = "shop-prod-combine-b"
  attach_policy = true
  policy        = data.aws_iam_policy_document.combine_b.json
}
