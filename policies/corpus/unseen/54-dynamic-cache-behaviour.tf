# A generated cache behaviour of a distribution also answers without encryption.
# Source: CKV_AWS_34, CloudFront.3
# Fault at: aws_cloudfront_distribution.behaviour_fault
# Near miss at: aws_cloudfront_distribution.behaviour_near

variable "behaviour_certificate" {
  description = "Certificate in us-east-1."
  type        = string
  default     = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-1111-2222-3333-444455556666"
}

resource "aws_wafv2_web_acl" "behaviour" {
  name  = "shop-prod-behaviour"
  scope = "REGIONAL"

  default_action {
    allow {}
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "shop-prod-behaviour"
    sampled_requests_enabled   = true
  }
}

resource "aws_cloudfront_distribution" "behaviour_fault" {
  enabled             = true
  comment             = "shop-prod-behaviour-a"
  aliases             = ["a.shop.example.com"]
  default_root_object = "index.html"
  web_acl_id          = aws_wafv2_web_acl.behaviour.arn

  origin {
    domain_name = "origin.shop.example.com"
    origin_id   = "shop"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    target_origin_id       = "shop"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    viewer_protocol_policy = "redirect-to-https"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }

  dynamic "ordered_cache_behavior" {
    for_each = { "/img/*" = {}, "/checkout/*" = { viewer = "allow-all" } }

    content {
      path_pattern           = ordered_cache_behavior.key
      target_origin_id       = "shop"
      allowed_methods        = ["GET", "HEAD"]
      cached_methods         = ["GET", "HEAD"]
      viewer_protocol_policy = try(ordered_cache_behavior.value.viewer, "https-only")
      cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "whitelist"
      locations        = ["DE"]
    }
  }

  viewer_certificate {
    acm_certificate_arn      = var.behaviour_certificate
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }

  logging_config {
    bucket = "shop-prod-logs.s3.amazonaws.com"
  }
}

resource "aws_cloudfront_distribution" "behaviour_near" {
  enabled             = true
  comment             = "shop-prod-behaviour-b"
  aliases             = ["b.shop.example.com"]
  default_root_object = "index.html"
  web_acl_id          = aws_wafv2_web_acl.behaviour.arn

  origin {
    domain_name = "origin.shop.example.com"
    origin_id   = "shop"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    target_origin_id       = "shop"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    viewer_protocol_policy = "redirect-to-https"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }

  dynamic "ordered_cache_behavior" {
    for_each = { "/img/*" = {}, "/checkout/*" = { viewer = "redirect-to-https" } }

    content {
      path_pattern           = ordered_cache_behavior.key
      target_origin_id       = "shop"
      allowed_methods        = ["GET", "HEAD"]
      cached_methods         = ["GET", "HEAD"]
      viewer_protocol_policy = try(ordered_cache_behavior.value.viewer, "https-only")
      cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "whitelist"
      locations        = ["DE"]
    }
  }

  viewer_certificate {
    acm_certificate_arn      = var.behaviour_certificate
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }

  logging_config {
    bucket = "shop-prod-logs.s3.amazonaws.com"
  }
}
