# A target that answers 404, 403 or 429 to its health check still counts as healthy.
# Source: ELB health checks, https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
# Fault at: aws_lb_target_group.green_fault
# Near miss at: aws_lb_target_group.green_near

resource "aws_lb_target_group" "green_fault" {
  name     = "shop-prod-green"
  port     = 8443
  protocol = "HTTPS"
  vpc_id   = aws_vpc.work.id
  health_check {
    path     = "/healthz"
    protocol = "HTTPS"
    matcher  = "200-499"
  }
}

# A redirect to the login page is an answer of a healthy target.
resource "aws_lb_target_group" "green_near" {
  name     = "shop-prod-login"
  port     = 8443
  protocol = "HTTPS"
  vpc_id   = aws_vpc.work.id
  health_check {
    path     = "/healthz"
    protocol = "HTTPS"
    matcher  = "200,302"
  }
}
