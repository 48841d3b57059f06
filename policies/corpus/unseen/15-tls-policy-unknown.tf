# The TLS policy of a listener is known only after the apply, and it allows TLS 1.0.
# Source: CKV_AWS_103, ELB.17
# Fault at: aws_lb_listener.tls_unknown_fault
# Near miss at: aws_lb_listener.tls_unknown_near

locals {
  tls_unknown = { modern = "ELBSecurityPolicy-TLS13-1-2-2021-06" }
}

resource "terraform_data" "tls_unknown" {
  input = "ELBSecurityPolicy-2016-08"
}

resource "aws_acm_certificate" "tls_unknown" {
  domain_name       = "shop.example.com"
  validation_method = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate_validation" "tls_unknown" {
  certificate_arn = aws_acm_certificate.tls_unknown.arn
}

resource "aws_lb" "tls_unknown" {
  name                       = "shop-prod-tls-unknown"
  internal                   = true
  load_balancer_type         = "application"
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  subnets                    = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
}

resource "aws_lb_target_group" "tls_unknown" {
  name        = "shop-prod-tls-unknown"
  port        = 8443
  protocol    = "HTTPS"
  target_type = "ip"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_lb_listener" "tls_unknown_fault" {
  load_balancer_arn = aws_lb.tls_unknown.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = terraform_data.tls_unknown.output
  certificate_arn   = aws_acm_certificate_validation.tls_unknown.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.tls_unknown.arn
  }
}

resource "aws_lb_listener" "tls_unknown_near" {
  load_balancer_arn = aws_lb.tls_unknown.arn
  port              = 8443
  protocol          = "HTTPS"
  ssl_policy        = lookup(local.tls_unknown, "modern", "ELBSecurityPolicy-2016-08")
  certificate_arn   = aws_acm_certificate_validation.tls_unknown.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.tls_unknown.arn
  }
}
