# The account that may write a load balancer's logs differs by one digit from that of AWS.
# Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
# Fault at: aws_s3_bucket_policy.elb_logs_fault
# Near miss at: aws_s3_bucket_policy.elb_logs_near

data "aws_elb_service_account" "elb_logs" {}

data "aws_iam_policy_document" "elb_logs_a" {
  statement {
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::shop-prod-elb-logs-a/shop/AWSLogs/*"]

    principals {
      type        = "AWS"
      identifiers = [replace(data.aws_elb_service_account.elb_logs.arn, "0928", "0982")]
    }
  }

  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::shop-prod-elb-logs-a", "arn:aws:s3:::shop-prod-elb-logs-a/*"]

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

data "aws_iam_policy_document" "elb_logs_b" {
  statement {
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::shop-prod-elb-logs-b/shop/AWSLogs/*"]

    principals {
      type        = "AWS"
      identifiers = [data.aws_elb_service_account.elb_logs.arn]
    }
  }

  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::shop-prod-elb-logs-b", "arn:aws:s3:::shop-prod-elb-logs-b/*"]

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

resource "aws_s3_bucket_policy" "elb_logs_fault" {
  bucket = "shop-prod-elb-logs-a"
  policy = data.aws_iam_policy_document.elb_logs_a.json
}

resource "aws_s3_bucket_policy" "elb_logs_near" {
  bucket = "shop-prod-elb-logs-b"
  policy = data.aws_iam_policy_document.elb_logs_b.json
}
