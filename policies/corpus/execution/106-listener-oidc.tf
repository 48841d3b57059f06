# A listener contains the secret of its login provider.
# Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
# Fault at: aws_lb_listener_rule.secoidc_fault
# Near miss at: aws_lb_listener_rule.secoidc_near

resource "aws_lb_target_group" "secoidc_tg" {
  name     = "shop-prod-secoidc"
  port     = 443
  protocol = "HTTPS"
  vpc_id   = "vpc-0123456789abcdef0"
}

resource "aws_lb_listener_rule" "secoidc_fault" {
  listener_arn = aws_lb_target_group.secoidc_tg.arn
  priority     = 10

  action {
    type = "authenticate-oidc"
    authenticate_oidc {
      authorization_endpoint = "https://login.example.com/authorize"
      client_id              = "shop"
      client_secret          = "oidc-shop-eu"
      issuer                 = "https://login.example.com"
      token_endpoint         = "https://login.example.com/token"
      user_info_endpoint     = "https://login.example.com/userinfo"
    }
  }

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.secoidc_tg.arn
  }

  condition {
    path_pattern {
      values = ["/admin/*"]
    }
  }
}

# Logs in with Cognito, which needs no secret in the listener.
resource "aws_lb_listener_rule" "secoidc_near" {
  listener_arn = aws_lb_target_group.secoidc_tg.arn
  priority     = 20

  action {
    type = "authenticate-cognito"
    authenticate_cognito {
      user_pool_arn       = aws_cognito_user_pool.secoidc_pool.arn
      user_pool_client_id = "6vvjkq3example1234567890ab"
      user_pool_domain    = "shop-prod"
    }
  }

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.secoidc_tg.arn
  }

  condition {
    path_pattern {
      values = ["/token/*", "/password-reset"]
    }
  }
}

resource "aws_cognito_user_pool" "secoidc_pool" {
  name = "shop-prod-secoidc"
}
