# Every CloudFront distribution of every account may read a bucket, because the policy lacks the condition on the distribution.
# Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
# Fault at: aws_s3_bucket_policy.oac_fault
# Near miss at: aws_s3_bucket_policy.oac_near

resource "aws_s3_bucket" "oac" {
  for_each = toset(["a", "b"])
  bucket   = "shop-prod-oac-${each.key}"
}

resource "aws_cloudfront_origin_access_control" "oac" {
  name                              = "shop-prod-oac"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_distribution" "oac" {
  enabled             = true
  comment             = "shop-prod-oac"
  default_root_object = "index.html"

  origin {
    domain_name              = aws_s3_bucket.oac["b"].bucket_regional_domain_name
    origin_id                = "shop"
    origin_access_control_id = aws_cloudfront_origin_access_control.oac.id
  }

  default_cache_behavior {
    target_origin_id       = "shop"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    viewer_protocol_policy = "redirect-to-https"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

data "aws_iam_policy_document" "oac_a" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.oac["a"].arn}/*"]

    principals {
      type        = "Service"
      identifiers = ["cloudfront.amazonaws.com"]
    }
  }

  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.oac["a"].arn, "${aws_s3_bucket.oac["a"].arn}/*"]

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

data "aws_iam_policy_document" "oac_b" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.oac["b"].arn}/*"]

    principals {
      type        = "Service"
      identifiers = ["cloudfront.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "AWS:SourceArn"
      values   = [aws_cloudfront_distribution.oac.arn]
    }
  }

  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.oac["b"].arn, "${aws_s3_bucket.oac["b"].arn}/*"]

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

resource "aws_s3_bucket_policy" "oac_fault" {
  bucket = aws_s3_bucket.oac["a"].id
  policy = data.aws_iam_policy_document.oac_a.json
}

resource "aws_s3_bucket_policy" "oac_near" {
  bucket = aws_s3_bucket.oac["b"].id
  policy = data.aws_iam_policy_document.oac_b.json
}
