# The health check calls the shop healthy whatever happens.
# Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html
# Fault at: aws_route53_health_check.health_check_disabled_fault
# Near miss at: aws_route53_health_check.health_check_disabled_near

resource "aws_route53_health_check" "health_check_disabled_fault" {
  type              = "HTTPS"
  fqdn              = "orders.shop.example"
  port              = 443
  resource_path     = "/health"
  failure_threshold = 3
  request_interval  = 30
  disabled          = true
  tags              = { Name = "shop-prod-orders" }
}

resource "aws_route53_health_check" "health_check_disabled_near" {
  type              = "HTTPS"
  fqdn              = "billing.shop.example"
  port              = 443
  resource_path     = "/health"
  failure_threshold = 2
  request_interval  = 30
  disabled          = false
  tags              = { Name = "shop-prod-billing" }
}
