# A bucket policy lets a principal read that is known only after the apply, and it is a foreign account.
# Source: CKV_AWS_70, S3.6
# Fault at: aws_s3_bucket_policy.bp_unknown_fault
# Near miss at: aws_s3_bucket_policy.bp_unknown_near

resource "terraform_data" "bp_unknown" {
  input = "999988887777"
}

resource "aws_s3_bucket" "bp_unknown_a" {
  bucket = "shop-prod-bp-unknown-a"
}

resource "aws_s3_bucket" "bp_unknown_b" {
  bucket = "shop-prod-bp-unknown-b"
}

resource "aws_s3_bucket_policy" "bp_unknown_fault" {
  bucket = aws_s3_bucket.bp_unknown_a.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = terraform_data.bp_unknown.output }
      Action    = "s3:GetObject"
      Resource  = "${aws_s3_bucket.bp_unknown_a.arn}/*"
      }, {
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.bp_unknown_a.arn, "${aws_s3_bucket.bp_unknown_a.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_cloudfront_origin_access_identity" "bp_unknown" {
  comment = "shop-prod-bp-unknown"
}

data "aws_iam_policy_document" "bp_unknown" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.bp_unknown_b.arn}/*"]

    principals {
      type        = "AWS"
      identifiers = [aws_cloudfront_origin_access_identity.bp_unknown.iam_arn]
    }
  }

  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.bp_unknown_b.arn, "${aws_s3_bucket.bp_unknown_b.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "bp_unknown_near" {
  bucket = aws_s3_bucket.bp_unknown_b.id
  policy = data.aws_iam_policy_document.bp_unknown.json
}
