# A TLS listener leaves its policy out and so still accepts TLS 1.0.
# Source: ELB.17, CKV_AWS_103, AVD-AWS-0047
# Fault at: aws_lb_listener.omitted_fault
# Fault at: aws_lb_listener.omitted_alb_fault
# Near miss at: aws_lb_listener.omitted_near
# Near miss at: aws_lb_listener.omitted_tls_near

resource "aws_acm_certificate" "omitted" {
  domain_name       = "api.shop.example"
  validation_method = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb" "omitted" {
  name                             = "shop-prod-api"
  load_balancer_type               = "network"
  internal                         = true
  subnets                          = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_groups                  = ["sg-0a1b2c3d4e5f60718"]
  enable_deletion_protection       = true
  enable_cross_zone_load_balancing = true
}

resource "aws_lb" "omitted_alb" {
  name                       = "shop-prod-api-web"
  load_balancer_type         = "application"
  internal                   = true
  subnets                    = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_groups            = ["sg-0a1b2c3d4e5f60718"]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
}

resource "aws_lb_target_group" "omitted" {
  name        = "shop-prod-api"
  port        = 8443
  protocol    = "TLS"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
  target_type = "ip"
}

resource "aws_lb_target_group" "omitted_tcp" {
  name        = "shop-prod-api-pass"
  port        = 8443
  protocol    = "TCP"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
  target_type = "ip"
}

resource "aws_lb_target_group" "omitted_alb" {
  name        = "shop-prod-api-web"
  port        = 8443
  protocol    = "HTTPS"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
  target_type = "ip"
}

resource "aws_lb_listener" "omitted_fault" {
  load_balancer_arn = aws_lb.omitted.arn
  port              = 443
  protocol          = "TLS"
  certificate_arn   = aws_acm_certificate.omitted.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.omitted.arn
  }
}

resource "aws_lb_listener" "omitted_alb_fault" {
  load_balancer_arn = aws_lb.omitted_alb.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-0-2021-06"
  certificate_arn   = aws_acm_certificate.omitted.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.omitted_alb.arn
  }
}

# Passes TLS through to the servers, which have the certificates.
resource "aws_lb_listener" "omitted_near" {
  load_balancer_arn = aws_lb.omitted.arn
  port              = 8443
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.omitted_tcp.arn
  }
}

resource "aws_lb_listener" "omitted_tls_near" {
  load_balancer_arn = aws_lb.omitted_alb.arn
  port              = 8443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04"
  certificate_arn   = aws_acm_certificate.omitted.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.omitted_alb.arn
  }
}
