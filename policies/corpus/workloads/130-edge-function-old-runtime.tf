# The function at the edge runs on Node.js 16, which is out of support.
# Source: Lambda.2, CKV_AWS_363
# Fault at: aws_lambda_function.edge_fault
# Near miss at: aws_lambda_function.edge_near

# Functions at the edge live in us-east-1; dead-letter queues, VPC, tracing, variables and keys of one's own do not exist for them.
variable "work_edge_region" {
  description = "Region in which CloudFront's functions must be created"
  type        = string
  default     = "us-east-1"
}

provider "aws" {
  alias                       = "work_edge"
  region                      = var.work_edge_region
  skip_credentials_validation = true
  skip_metadata_api_check     = true
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

resource "aws_iam_role" "edge" {
  name = "shop-prod-edge"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] } }]
  })
}

resource "aws_lambda_function" "edge_fault" {
  provider                       = aws.work_edge
  function_name                  = "shop-prod-edge-16"
  description                    = "Sets headers at the edge (Lambda@Edge)"
  role                           = aws_iam_role.edge.arn
  runtime                        = "nodejs16.x"
  handler                        = "index.handler"
  s3_bucket                      = "shop-prod-artifacts"
  s3_key                         = "edge.zip"
  s3_object_version              = "2"
  timeout                        = 5
  memory_size                    = 128
  reserved_concurrent_executions = 100
  publish                        = true
}

resource "aws_lambda_function" "edge_near" {
  provider                       = aws.work_edge
  function_name                  = "shop-prod-edge"
  description                    = "Sets headers at the edge (Lambda@Edge)"
  role                           = aws_iam_role.edge.arn
  runtime                        = "nodejs22.x"
  handler                        = "index.handler"
  s3_bucket                      = "shop-prod-artifacts"
  s3_key                         = "edge.zip"
  s3_object_version              = "2"
  timeout                        = 5
  memory_size                    = 128
  reserved_concurrent_executions = 100
  publish                        = true
}

resource "aws_cloudfront_distribution" "edge" {
  enabled             = true
  comment             = "shop-prod-edge"
  default_root_object = "index.html"
  web_acl_id          = aws_wafv2_web_acl.work_cdn.arn
  aliases             = ["edge.shop.example"]
  origin {
    domain_name              = aws_s3_bucket.wipe_near.bucket_regional_domain_name
    origin_id                = "site"
    origin_access_control_id = aws_cloudfront_origin_access_control.cdn.id
  }
  default_cache_behavior {
    target_origin_id       = "site"
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = aws_cloudfront_cache_policy.cdn.id
    lambda_function_association {
      event_type = "viewer-response"
      lambda_arn = aws_lambda_function.edge_near.qualified_arn
    }
    lambda_function_association {
      event_type = "viewer-request"
      lambda_arn = aws_lambda_function.edge_fault.qualified_arn
    }
  }
  logging_config {
    bucket = aws_s3_bucket.wipe_near.bucket_domain_name
  }
  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate.cdn.arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
}
