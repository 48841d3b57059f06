# The load balancer ends TLS and sends card data on to its targets over plain HTTP.
# Source: CKV_AWS_378, PCI DSS 4.2.1
# Fault at: aws_lb_target_group.behind_fault
# Near miss at: aws_lb_target_group.behind_near
# Near miss at: aws_lb_target_group.behind_geneve_near

resource "aws_lb_target_group" "behind_fault" {
  name        = "shop-prod-cards"
  port        = 80
  protocol    = "HTTP"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
  target_type = "ip"
  health_check {
    protocol = "HTTP"
    path     = "/health"
  }
}

# A function is called over the API of Lambda; there is no protocol.
resource "aws_lb_target_group" "behind_near" {
  name        = "shop-prod-function"
  target_type = "lambda"
}

# Traffic to firewalls is encapsulated in GENEVE.
resource "aws_lb_target_group" "behind_geneve_near" {
  name        = "shop-prod-firewalls"
  port        = 6081
  protocol    = "GENEVE"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
  target_type = "instance"
  health_check {
    protocol = "TCP"
    port     = "443"
  }
}
