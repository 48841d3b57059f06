# Distributions accept plain HTTP on one path, TLS 1.0 from viewers, or fetch from their origin over SSL 3 and plain HTTP.
# Source: CloudFront.3, CloudFront.9, CloudFront.10, CKV_AWS_34, CKV_AWS_174, AVD-AWS-0012, AVD-AWS-0013
# Fault at: aws_cloudfront_distribution.edge_path_fault
# Fault at: aws_cloudfront_distribution.edge_tls_fault
# Fault at: aws_cloudfront_distribution.edge_origin_fault
# Near miss at: aws_cloudfront_distribution.edge_near

provider "aws" {
  alias                       = "edge"
  region                      = "us-east-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true

  default_tags {
    tags = {
      Environment = "prod"
      Project     = "shop"
      Owner       = "platform"
      ManagedBy   = "terraform"
    }
  }
}

resource "aws_acm_certificate" "edge" {
  provider          = aws.edge
  domain_name       = "cdn.shop.example"
  validation_method = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_wafv2_web_acl" "edge" {
  provider    = aws.edge
  name        = "shop-prod-edge"
  description = "Rules for the edge"
  scope       = "CLOUDFRONT"
  default_action {
    allow {}
  }
  rule {
    name     = "known-bad-inputs"
    priority = 1
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesKnownBadInputsRuleSet"
        vendor_name = "AWS"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "known-bad-inputs"
      sampled_requests_enabled   = true
    }
  }
  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "edge"
    sampled_requests_enabled   = true
  }
}

resource "aws_cloudfront_distribution" "edge_path_fault" {
  enabled             = true
  comment             = "shop-prod-path"
  aliases             = ["path.cdn.shop.example"]
  default_root_object = "index.html"
  http_version        = "http2and3"
  web_acl_id          = aws_wafv2_web_acl.edge.arn
  logging_config {
    bucket = "shop-prod-edge-logs.s3.amazonaws.com"
    prefix = "path/"
  }
  origin {
    origin_id   = "web"
    domain_name = "web.shop.example"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id           = "web"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
    compress                   = true
  }
  dynamic "ordered_cache_behavior" {
    for_each = { "/static/*" = "redirect-to-https", "/account/*" = "allow-all" }
    content {
      path_pattern               = ordered_cache_behavior.key
      target_origin_id           = "web"
      viewer_protocol_policy     = ordered_cache_behavior.value
      allowed_methods            = ["GET", "HEAD"]
      cached_methods             = ["GET", "HEAD"]
      cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
      response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
    }
  }
  restrictions {
    geo_restriction {
      restriction_type = "whitelist"
      locations        = ["DE"]
    }
  }
  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate.edge.arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

resource "aws_cloudfront_distribution" "edge_tls_fault" {
  enabled             = true
  comment             = "shop-prod-tls"
  aliases             = ["tls.cdn.shop.example"]
  default_root_object = "index.html"
  http_version        = "http2and3"
  web_acl_id          = aws_wafv2_web_acl.edge.arn
  logging_config {
    bucket = "shop-prod-edge-logs.s3.amazonaws.com"
    prefix = "tls/"
  }
  origin {
    origin_id   = "web"
    domain_name = "web.shop.example"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id           = "web"
    viewer_protocol_policy     = "https-only"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
    compress                   = true
  }
  restrictions {
    geo_restriction {
      restriction_type = "whitelist"
      locations        = ["DE"]
    }
  }
  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate.edge.arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.1_2016"
  }
}

resource "aws_cloudfront_distribution" "edge_origin_fault" {
  enabled             = true
  comment             = "shop-prod-origin"
  aliases             = ["origin.cdn.shop.example"]
  default_root_object = "index.html"
  http_version        = "http2and3"
  web_acl_id          = aws_wafv2_web_acl.edge.arn
  logging_config {
    bucket = "shop-prod-edge-logs.s3.amazonaws.com"
    prefix = "origin/"
  }
  origin {
    origin_id   = "web"
    domain_name = "web.shop.example"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1.2", "SSLv3"]
    }
  }
  default_cache_behavior {
    target_origin_id           = "web"
    viewer_protocol_policy     = "https-only"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
    compress                   = true
  }
  restrictions {
    geo_restriction {
      restriction_type = "whitelist"
      locations        = ["DE"]
    }
  }
  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate.edge.arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

# Only HTTPS reaches the origin: viewers cannot use HTTP, and "match-viewer" follows them.
resource "aws_cloudfront_distribution" "edge_near" {
  enabled             = true
  comment             = "shop-prod-cdn"
  aliases             = ["cdn.shop.example"]
  default_root_object = "index.html"
  http_version        = "http2and3"
  web_acl_id          = aws_wafv2_web_acl.edge.arn
  logging_config {
    bucket = "shop-prod-edge-logs.s3.amazonaws.com"
    prefix = "cdn/"
  }
  origin {
    origin_id   = "web"
    domain_name = "web.shop.example"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "match-viewer"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id           = "web"
    viewer_protocol_policy     = "https-only"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    cache_policy_id            = "658327ea-f89d-4fab-a63d-7e88639e58f6"
    response_headers_policy_id = "67f7725c-6f97-4210-82d7-5512b31e9d03"
    compress                   = true
  }
  restrictions {
    geo_restriction {
      restriction_type = "whitelist"
      locations        = ["DE"]
    }
  }
  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate.edge.arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}
