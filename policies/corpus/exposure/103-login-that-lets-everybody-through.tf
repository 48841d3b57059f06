# The public load balancer asks for a login, but passes on everybody who has not logged in.
# Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
# Fault at: aws_lb_listener.login_fault
# Near miss at: aws_lb_listener.login_near

resource "aws_lb_target_group" "backoffice" {
  name        = "shop-prod-backoffice"
  port        = 8443
  protocol    = "HTTPS"
  target_type = "ip"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_cognito_user_pool_domain" "workers" {
  domain       = "shop-prod-workers"
  user_pool_id = aws_cognito_user_pool.workers.id
}

resource "aws_lb_listener" "login_fault" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = aws_acm_certificate.vpn.arn

  default_action {
    type  = "authenticate-cognito"
    order = 1

    authenticate_cognito {
      user_pool_arn              = aws_cognito_user_pool.workers.arn
      user_pool_client_id        = aws_cognito_user_pool_client.workers.id
      user_pool_domain           = aws_cognito_user_pool_domain.workers.domain
      on_unauthenticated_request = "allow"
    }
  }

  default_action {
    type             = "forward"
    order            = 2
    target_group_arn = aws_lb_target_group.backoffice.arn
  }
}

resource "aws_lb_listener" "login_near" {
  load_balancer_arn = aws_lb.storefront.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = aws_acm_certificate.vpn.arn

  default_action {
    type  = "authenticate-cognito"
    order = 1

    authenticate_cognito {
      user_pool_arn              = aws_cognito_user_pool.workers.arn
      user_pool_client_id        = aws_cognito_user_pool_client.workers.id
      user_pool_domain           = aws_cognito_user_pool_domain.workers.domain
      on_unauthenticated_request = "authenticate"
    }
  }

  default_action {
    type             = "forward"
    order            = 2
    target_group_arn = aws_lb_target_group.backoffice.arn
  }
}
