# The listener for partners accepts client certificates that have expired.
# Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html
# Fault at: aws_lb_listener.partners_fault
# Near miss at: aws_lb_listener.partners_near

resource "aws_acm_certificate" "partners" {
  domain_name       = "partners.shop.example"
  validation_method = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb" "partners" {
  name                       = "shop-prod-partners"
  load_balancer_type         = "application"
  internal                   = true
  subnets                    = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_groups            = ["sg-0a1b2c3d4e5f60718"]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
}

resource "aws_lb_trust_store" "partners" {
  name                             = "shop-prod-partners"
  ca_certificates_bundle_s3_bucket = "shop-prod-trust"
  ca_certificates_bundle_s3_key    = "partners.pem"
}

resource "aws_lb_target_group" "partners" {
  name        = "shop-prod-partners"
  port        = 8443
  protocol    = "HTTPS"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
  target_type = "ip"
}

resource "aws_lb_listener" "partners_fault" {
  load_balancer_arn = aws_lb.partners.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = aws_acm_certificate.partners.arn
  mutual_authentication {
    mode                             = "verify"
    trust_store_arn                  = aws_lb_trust_store.partners.arn
    ignore_client_certificate_expiry = true
  }
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.partners.arn
  }
}

resource "aws_lb_listener" "partners_near" {
  load_balancer_arn = aws_lb.partners.arn
  port              = 8443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = aws_acm_certificate.partners.arn
  mutual_authentication {
    mode = "off"
  }
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.partners.arn
  }
}
