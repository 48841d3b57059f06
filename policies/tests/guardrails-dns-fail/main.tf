# What belongs to production, changed from staging.

resource "aws_route53_record" "apex" {
  zone_id = "Z0STAGING"
  name    = "example.com."
  type    = "A"
  ttl     = 60
  records = ["192.0.2.1"]
}

resource "aws_route53_record" "primary" {
  zone_id = "Z0PRIMARY"
  name    = "staging.example.com"
  type    = "A"
  ttl     = 60
  records = ["192.0.2.1"]
}

resource "aws_acm_certificate" "shared" {
  domain_name       = "*.example.com"
  validation_method = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}

# Its own zone.
resource "aws_route53_record" "own" {
  zone_id = "Z0STAGING"
  name    = "www.staging.example.com"
  type    = "A"
  ttl     = 60
  records = ["192.0.2.1"]
}

resource "aws_route53_record" "untouched" {
  zone_id = "Z0PRIMARY"
  name    = "untouched.example.com"
  type    = "A"
  ttl     = 60
  records = ["192.0.2.1"]
}
