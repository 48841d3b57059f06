# The shop's DNS record points to a host that is known only after the apply.
# Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/protection-from-dangling-dns.html
# Fault at: aws_route53_record.record_unknown_fault
# Near miss at: aws_route53_record.record_unknown_near
# Near miss at: aws_route53_record.record_validation_near["shop.example.com"]

resource "terraform_data" "record_unknown" {
  input = "phish.example.net"
}

resource "aws_lb" "record_unknown" {
  name                       = "shop-prod-record-unknown"
  internal                   = true
  load_balancer_type         = "application"
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  subnets                    = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
}

resource "aws_route53_record" "record_unknown_fault" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "checkout.shop.example.com"
  type    = "CNAME"
  ttl     = 300
  records = [terraform_data.record_unknown.output]
}

resource "aws_route53_record" "record_unknown_near" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "orders.shop.example.com"
  type    = "A"

  alias {
    name                   = aws_lb.record_unknown.dns_name
    zone_id                = aws_lb.record_unknown.zone_id
    evaluate_target_health = true
  }
}

resource "aws_acm_certificate" "record_unknown" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "record_validation_near" {
  for_each = {
    for option in aws_acm_certificate.record_unknown.domain_validation_options : option.domain_name => {
      name   = option.resource_record_name
      record = option.resource_record_value
      type   = option.resource_record_type
    }
  }

  zone_id         = "Z0123456789ABCDEFGHIJ"
  name            = each.value.name
  type            = each.value.type
  ttl             = 60
  records         = [each.value.record]
  allow_overwrite = true
}
