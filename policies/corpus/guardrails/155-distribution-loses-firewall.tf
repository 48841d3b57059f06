# The distribution loses its web firewall because the argument is left out.
# Source: CloudFront.6, CKV_AWS_68
# Fault at: aws_cloudfront_distribution.distribution_loses_firewall_fault
# Near miss at: aws_cloudfront_distribution.distribution_loses_firewall_near

resource "aws_cloudfront_distribution" "distribution_loses_firewall_fault" {
  comment             = "shop-prod-orders"
  enabled             = true
  is_ipv6_enabled     = true
  default_root_object = "index.html"

  origin {
    domain_name = "origin.shop.example"
    origin_id   = "shop"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    target_origin_id           = "shop"
    viewer_protocol_policy     = "redirect-to-https"
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }
  logging_config {
    bucket = "shop-prod-edge.s3.amazonaws.com"
    prefix = "orders"
  }
  restrictions {
    geo_restriction {
      restriction_type = "whitelist"
      locations        = ["DE", "AT"]
    }
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:::certificate/11111111-2222-3333-4444-555555555555"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

resource "aws_cloudfront_distribution" "distribution_loses_firewall_near" {
  comment             = "shop-prod-billing"
  enabled             = true
  is_ipv6_enabled     = true
  default_root_object = "index.html"
  web_acl_id          = "arn:aws:wafv2:::global/webacl/shop-prod/11111111-2222-3333-4444-555555555556"
  origin {
    domain_name = "origin.shop.example"
    origin_id   = "shop"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    target_origin_id           = "shop"
    viewer_protocol_policy     = "redirect-to-https"
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
  }
  logging_config {
    bucket = "shop-prod-edge.s3.amazonaws.com"
    prefix = "billing"
  }
  restrictions {
    geo_restriction {
      restriction_type = "whitelist"
      locations        = ["DE", "AT"]
    }
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:::certificate/11111111-2222-3333-4444-555555555555"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}
