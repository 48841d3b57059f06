# A classic load balancer is told to negotiate TLS 1.0, and another one also listens on plain HTTP.
# Source: ELB.8, ELB.3, AVD-AWS-0047
# Fault at: aws_lb_ssl_negotiation_policy.classic_fault
# Fault at: aws_elb.classic_fault
# Near miss at: aws_lb_ssl_negotiation_policy.classic_near

resource "aws_acm_certificate" "classic" {
  domain_name       = "classic.shop.example"
  validation_method = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elb" "classic" {
  name                      = "shop-prod-classic"
  internal                  = true
  subnets                   = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_groups           = ["sg-0a1b2c3d4e5f60718"]
  cross_zone_load_balancing = true
  connection_draining       = true
  listener {
    instance_port      = 8443
    instance_protocol  = "https"
    lb_port            = 443
    lb_protocol        = "https"
    ssl_certificate_id = aws_acm_certificate.classic.arn
  }
}

resource "aws_elb" "classic_fault" {
  name                      = "shop-prod-classic-mixed"
  internal                  = true
  subnets                   = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_groups           = ["sg-0a1b2c3d4e5f60718"]
  cross_zone_load_balancing = true
  connection_draining       = true
  access_logs {
    bucket  = "shop-prod-load-balancer-logs"
    enabled = true
  }
  listener {
    instance_port      = 8443
    instance_protocol  = "https"
    lb_port            = 443
    lb_protocol        = "https"
    ssl_certificate_id = aws_acm_certificate.classic.arn
  }
  listener {
    instance_port     = 8080
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}

resource "aws_lb_ssl_negotiation_policy" "classic_fault" {
  name          = "shop-prod-classic"
  load_balancer = aws_elb.classic.name
  lb_port       = 443
  dynamic "attribute" {
    for_each = ["Protocol-TLSv1", "Protocol-TLSv1.2", "Server-Defined-Cipher-Order", "ECDHE-RSA-AES128-GCM-SHA256"]
    content {
      name  = attribute.value
      value = "true"
    }
  }
}

resource "aws_lb_ssl_negotiation_policy" "classic_near" {
  name          = "shop-prod-classic-strict"
  load_balancer = aws_elb.classic.name
  lb_port       = 443
  attribute {
    name  = "Protocol-TLSv1"
    value = "false"
  }
  attribute {
    name  = "Protocol-SSLv3"
    value = "false"
  }
  attribute {
    name  = "Protocol-TLSv1.2"
    value = "true"
  }
  attribute {
    name  = "ECDHE-RSA-AES128-GCM-SHA256"
    value = "true"
  }
}
