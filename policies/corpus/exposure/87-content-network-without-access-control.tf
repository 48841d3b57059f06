# A distribution reads a bucket without an access control, so the bucket must be public.
# Source: CloudFront.13
# Fault at: aws_cloudfront_distribution.plain_fault
# Near miss at: aws_cloudfront_distribution.plain_near

resource "aws_cloudfront_distribution" "plain_fault" {
  enabled             = true
  comment             = "shop-prod-fault-media"
  default_root_object = "index.html"
  web_acl_id          = aws_wafv2_web_acl.edge.arn
  aliases             = ["plain-a.shop.example.com"]

  origin {
    origin_id   = "bucket"
    domain_name = aws_s3_bucket.media.bucket_regional_domain_name
  }

  default_cache_behavior {
    target_origin_id       = "bucket"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }

  logging_config {
    bucket = aws_s3_bucket.access_logs.bucket_domain_name
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate.vpn.arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

resource "aws_cloudfront_distribution" "plain_near" {
  enabled             = true
  comment             = "shop-prod-near-media"
  default_root_object = "index.html"
  web_acl_id          = aws_wafv2_web_acl.edge.arn
  aliases             = ["plain-b.shop.example.com"]

  origin {
    origin_id   = "balancer"
    domain_name = aws_lb.front.dns_name

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    target_origin_id       = "balancer"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }

  logging_config {
    bucket = aws_s3_bucket.access_logs.bucket_domain_name
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate.vpn.arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}
