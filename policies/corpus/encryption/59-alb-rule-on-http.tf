# The listener on port 80 redirects by default, but one of its rules forwards the login over plain HTTP.
# Source: ELB.1, CKV_AWS_2, AVD-AWS-0054
# Fault at: aws_lb_listener_rule.plain_rule_fault
# Fault at: aws_lb_listener.plain_rule_fault
# Near miss at: aws_lb_listener.plain_rule_near
# Near miss at: aws_lb_listener_rule.plain_rule_near

resource "aws_kms_key" "plain_rule" {
  description         = "Load balancer"
  enable_key_rotation = true
}

resource "aws_lb" "plain_rule" {
  name                       = "shop-prod-web"
  load_balancer_type         = "application"
  internal                   = true
  subnets                    = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_groups            = ["sg-0a1b2c3d4e5f60718"]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
}

resource "aws_lb_target_group" "plain_rule" {
  name        = "shop-prod-web"
  port        = 8443
  protocol    = "HTTPS"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
  target_type = "ip"
  health_check {
    protocol = "HTTPS"
    path     = "/health"
  }
}

resource "aws_lb_listener" "plain_rule_near" {
  load_balancer_arn = aws_lb.plain_rule.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener_rule" "plain_rule_fault" {
  listener_arn = aws_lb_listener.plain_rule_near.arn
  priority     = 10
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.plain_rule.arn
  }
  condition {
    path_pattern {
      values = ["/login*"]
    }
  }
}

# Redirects, but to HTTP again.
resource "aws_lb_listener" "plain_rule_fault" {
  load_balancer_arn = aws_lb.plain_rule.arn
  port              = 8080
  protocol          = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      port        = "8081"
      protocol    = "HTTP"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener_rule" "plain_rule_near" {
  listener_arn = aws_lb_listener.plain_rule_near.arn
  priority     = 20
  action {
    type = "redirect"
    redirect {
      host        = "www.shop.example"
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
  condition {
    host_header {
      values = ["shop.example"]
    }
  }
}
