# A global accelerator makes the staff's internal load balancer reachable from the internet.
# Source: https://docs.aws.amazon.com/global-accelerator/latest/dg/secure-vpc-connections.html
# Fault at: aws_globalaccelerator_endpoint_group.inner_fault
# Near miss at: aws_globalaccelerator_endpoint_group.inner_near

resource "aws_globalaccelerator_accelerator" "shop" {
  name    = "shop-prod-edge"
  enabled = true
}

resource "aws_globalaccelerator_listener" "shop" {
  accelerator_arn = aws_globalaccelerator_accelerator.shop.id
  protocol        = "TCP"

  port_range {
    from_port = 443
    to_port   = 443
  }
}

resource "aws_lb" "staff" {
  name                       = "shop-prod-staff"
  load_balancer_type         = "application"
  internal                   = true
  subnets                    = [aws_subnet.private_a.id, aws_subnet.private_b.id]
  security_groups            = [aws_security_group.app.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
}

resource "aws_globalaccelerator_endpoint_group" "inner_fault" {
  listener_arn = aws_globalaccelerator_listener.shop.id

  endpoint_configuration {
    endpoint_id = aws_lb.staff.arn
    weight      = 100
  }
}

resource "aws_globalaccelerator_endpoint_group" "inner_near" {
  listener_arn = aws_globalaccelerator_listener.shop.id

  endpoint_configuration {
    endpoint_id = aws_lb.front.arn
    weight      = 100
  }
}
