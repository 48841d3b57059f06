# Everybody can read the bucket; the policy is only computed while it is applied.
# Source: CKV_AWS_70, S3.2
# Fault at: aws_s3_bucket_policy.deferred_fault
# Near miss at: aws_s3_bucket_policy.deferred_near

resource "aws_s3_bucket" "deferred" {
  for_each = toset(["a", "b"])
  bucket   = "shop-prod-downloads-${each.key}"
}

data "aws_iam_policy_document" "deferred" {
  for_each = toset(["a", "b"])

  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.deferred[each.key].arn}/*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    dynamic "condition" {
      for_each = each.key == "b" ? [var.org_id] : []

      content {
        test     = "StringEquals"
        variable = "aws:PrincipalOrgID"
        values   = [condition.value]
      }
    }
  }

  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.deferred[each.key].arn, "${aws_s3_bucket.deferred[each.key].arn}/*"]

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

resource "aws_s3_bucket_policy" "deferred_fault" {
  bucket = aws_s3_bucket.deferred["a"].id
  policy = data.aws_iam_policy_document.deferred["a"].json
}

resource "aws_s3_bucket_policy" "deferred_near" {
  bucket = aws_s3_bucket.deferred["b"].id
  policy = data.aws_iam_policy_document.deferred["b"].json
}
