# Everybody can read the bucket; the policy text is built from a value that is not known in the plan, so that nobody can read it.
# Source: CKV_AWS_70, S3.2
# Fault at: aws_s3_bucket_policy.opaque_fault
# Near miss at: aws_s3_bucket_policy.opaque_near

resource "aws_s3_bucket" "opaque" {
  for_each = toset(["a", "b"])
  bucket   = "shop-prod-manuals-${each.key}"
}

resource "aws_s3_bucket_policy" "opaque_fault" {
  bucket = aws_s3_bucket.opaque["a"].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:GetObject"
        Resource  = "${aws_s3_bucket.opaque["a"].arn}/*"
      },
      {
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [aws_s3_bucket.opaque["a"].arn, "${aws_s3_bucket.opaque["a"].arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

data "aws_iam_policy_document" "opaque" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.opaque["b"].arn}/*"]

    principals {
      type        = "Service"
      identifiers = ["cloudfront.amazonaws.com"]
    }

    condition {
      test     = "StringLike"
      variable = "aws:SourceArn"
      values   = ["arn:aws:cloudfront::${var.account_id}:distribution/*"]
    }
  }

  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.opaque["b"].arn, "${aws_s3_bucket.opaque["b"].arn}/*"]

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

resource "aws_s3_bucket_policy" "opaque_near" {
  bucket = aws_s3_bucket.opaque["b"].id
  policy = data.aws_iam_policy_document.opaque.json
}
