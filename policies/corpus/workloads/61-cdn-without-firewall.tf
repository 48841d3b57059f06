# The distribution has no web application firewall.
# Source: CloudFront.6, CKV_AWS_68
# Warns: the approvers decide
# Fault at: aws_cloudfront_distribution.cdn_fault
# Near miss at: aws_cloudfront_distribution.cdn_near

resource "aws_cloudfront_origin_access_control" "cdn" {
  name                              = "shop-prod-cdn"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_cache_policy" "cdn" {
  name    = "shop-prod-cdn"
  min_ttl = 0
  parameters_in_cache_key_and_forwarded_to_origin {
    cookies_config { cookie_behavior = "none" }
    headers_config { header_behavior = "none" }
    query_strings_config { query_string_behavior = "none" }
  }
}

resource "aws_cloudfront_response_headers_policy" "cdn" {
  name = "shop-prod-cdn"
  security_headers_config {
    strict_transport_security {
      access_control_max_age_sec = 31536000
      include_subdomains         = true
      override                   = true
    }
    content_type_options { override = true }
  }
}

resource "aws_acm_certificate" "cdn" {
  domain_name       = "shop.example"
  validation_method = "DNS"
  lifecycle { create_before_destroy = true }
}

resource "aws_cloudfront_distribution" "cdn_fault" {
  enabled             = true
  comment             = "shop-prod-cdn-fault"
  default_root_object = "index.html"
  price_class         = "PriceClass_100"
  web_acl_id          = ""
  origin {
    domain_name              = aws_s3_bucket.wipe_near.bucket_regional_domain_name
    origin_id                = "site"
    origin_access_control_id = aws_cloudfront_origin_access_control.cdn.id
  }
  default_cache_behavior {
    target_origin_id           = "site"
    viewer_protocol_policy     = "https-only"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    cache_policy_id            = aws_cloudfront_cache_policy.cdn.id
    response_headers_policy_id = aws_cloudfront_response_headers_policy.cdn.id
  }
  logging_config {
    bucket = aws_s3_bucket.wipe_near.bucket_domain_name
    prefix = "cdn/"
  }
  aliases = ["fault.shop.example"]
  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate.cdn.arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
  restrictions {
    geo_restriction {
      restriction_type = "whitelist"
      locations        = ["DE", "AT"]
    }
  }
}

resource "aws_cloudfront_distribution" "cdn_near" {
  enabled             = true
  comment             = "shop-prod-cdn-near"
  default_root_object = "index.html"
  price_class         = "PriceClass_100"
  web_acl_id          = aws_wafv2_web_acl.work_cdn.arn
  origin {
    domain_name              = aws_s3_bucket.wipe_near.bucket_regional_domain_name
    origin_id                = "site"
    origin_access_control_id = aws_cloudfront_origin_access_control.cdn.id
  }
  default_cache_behavior {
    target_origin_id           = "site"
    viewer_protocol_policy     = "https-only"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    cache_policy_id            = aws_cloudfront_cache_policy.cdn.id
    response_headers_policy_id = aws_cloudfront_response_headers_policy.cdn.id
  }
  logging_config {
    bucket = aws_s3_bucket.wipe_near.bucket_domain_name
    prefix = "cdn/"
  }
  aliases = ["near.shop.example"]
  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate.cdn.arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
  restrictions {
    geo_restriction {
      restriction_type = "whitelist"
      locations        = ["DE", "AT"]
    }
  }
}
