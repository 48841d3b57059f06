# A listener forwards unencrypted traffic; only a rule for one path redirects to HTTPS.
# Source: CKV_AWS_2, ELB.1
# Fault at: aws_lb_listener.rule_only_fault
# Near miss at: aws_lb_listener.rule_only_near

resource "aws_lb" "rule_only" {
  name                       = "shop-prod-rule-only"
  internal                   = true
  load_balancer_type         = "application"
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  subnets                    = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
}

resource "aws_lb_target_group" "rule_only" {
  name        = "shop-prod-rule-only"
  port        = 8443
  protocol    = "HTTPS"
  target_type = "ip"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_lb_listener" "rule_only_fault" {
  load_balancer_arn = aws_lb.rule_only.arn
  port              = 80
  protocol          = upper("http")

  dynamic "default_action" {
    for_each = { forward = aws_lb_target_group.rule_only.arn }

    content {
      type             = default_action.key
      target_group_arn = default_action.value
    }
  }
}

resource "aws_lb_listener_rule" "rule_only" {
  listener_arn = aws_lb_listener.rule_only_fault.arn
  priority     = 10

  action {
    type = "redirect"

    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }

  condition {
    path_pattern {
      values = ["/old/*"]
    }
  }
}

resource "aws_lb_listener" "rule_only_near" {
  load_balancer_arn = aws_lb.rule_only.arn
  port              = 8080
  protocol          = upper("http")

  dynamic "default_action" {
    for_each = { redirect = { port = 443 } }

    content {
      type = default_action.key

      dynamic "redirect" {
        for_each = [default_action.value]

        content {
          host        = "#{host}"
          port        = redirect.value.port
          protocol    = try(redirect.value.protocol, "HTTPS")
          status_code = "HTTP_301"
        }
      }
    }
  }
}
