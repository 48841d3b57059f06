# The bucket policy denies requests over TLS instead of requests over plain HTTP.
# Source: S3.5, CIS AWS 2.1.1
# Fault at: aws_s3_bucket_policy.inverted_fault
# Near miss at: aws_s3_bucket_policy.inverted_near

resource "aws_kms_key" "inverted" {
  description         = "Statements"
  enable_key_rotation = true
}

resource "aws_s3_bucket" "inverted_one" {
  bucket = "shop-prod-statements"
}

resource "aws_s3_bucket_public_access_block" "inverted_one" {
  bucket                  = aws_s3_bucket.inverted_one.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "inverted_one" {
  bucket = aws_s3_bucket.inverted_one.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "inverted_one" {
  bucket = aws_s3_bucket.inverted_one.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.inverted.arn
    }
  }
}

resource "aws_s3_bucket" "inverted_two" {
  bucket = "shop-prod-statements-archive"
}

resource "aws_s3_bucket_public_access_block" "inverted_two" {
  bucket                  = aws_s3_bucket.inverted_two.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "inverted_two" {
  bucket = aws_s3_bucket.inverted_two.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "inverted_two" {
  bucket = aws_s3_bucket.inverted_two.bucket
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.inverted.arn
    }
  }
}

data "aws_iam_policy_document" "inverted_fault" {
  statement {
    sid       = "DenyInsecureTransport"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.inverted_one.arn, "${aws_s3_bucket.inverted_one.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["true"]
    }
  }
}

resource "aws_s3_bucket_policy" "inverted_fault" {
  bucket = aws_s3_bucket.inverted_one.bucket
  policy = data.aws_iam_policy_document.inverted_fault.json
}

data "aws_iam_policy_document" "inverted_near" {
  statement {
    sid       = "DenyInsecureTransport"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.inverted_two.arn, "${aws_s3_bucket.inverted_two.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "BoolIfExists"
      variable = "AWS:securetransport"
      values   = ["False"]
    }
  }
  statement {
    sid       = "DenyOldTls"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.inverted_two.arn, "${aws_s3_bucket.inverted_two.arn}/*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "NumericLessThan"
      variable = "s3:TlsVersion"
      values   = ["1.2"]
    }
  }
}

resource "aws_s3_bucket_policy" "inverted_near" {
  bucket = aws_s3_bucket.inverted_two.bucket
  policy = data.aws_iam_policy_document.inverted_near.json
}
