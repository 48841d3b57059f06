# Everybody can read through the access point with a signed link, because only the kind of signature is checked.
# Source: S3.19, https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html
# Fault at: aws_s3control_access_point_policy.links_fault
# Near miss at: aws_s3control_access_point_policy.links_near

data "aws_iam_policy_document" "links_a" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:${var.region}:${var.account_id}:accesspoint/shop-prod-links-a/object/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "s3:authType"
      values   = ["REST-QUERY-STRING"]
    }
  }
}

resource "aws_s3control_access_point_policy" "links_fault" {
  access_point_arn = "arn:aws:s3:${var.region}:${var.account_id}:accesspoint/shop-prod-links-a"
  policy           = data.aws_iam_policy_document.links_a.json
}

data "aws_iam_policy_document" "links_b" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:${var.region}:${var.account_id}:accesspoint/shop-prod-links-b/object/*"]

    principals {
      type        = "Service"
      identifiers = ["cloudfront.amazonaws.com"]
    }

    condition {
      test     = "StringLike"
      variable = "AWS:SourceArn"
      values   = ["arn:aws:cloudfront::${var.account_id}:distribution/*"]
    }
  }
}

resource "aws_s3control_access_point_policy" "links_near" {
  access_point_arn = "arn:aws:s3:${var.region}:${var.account_id}:accesspoint/shop-prod-links-b"
  policy           = data.aws_iam_policy_document.links_b.json
}
