# A port range that contains MySQL is open to the internet.
# Source: EC2.19, AVD-AWS-0107
# Fault at: aws_vpc_security_group_ingress_rule.range_fault["metrics"]
# Near miss at: aws_vpc_security_group_ingress_rule.range_near["https"]

resource "aws_security_group" "metrics" {
  name        = "shop-prod-metrics"
  description = "Metrics"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_security_group" "front" {
  name        = "shop-prod-front"
  description = "Public load balancer"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_vpc_security_group_ingress_rule" "range_fault" {
  for_each          = { metrics = [3300, 3310] }
  security_group_id = aws_security_group.metrics.id
  description       = "Metrics"
  ip_protocol       = "tcp"
  from_port         = each.value[0]
  to_port           = each.value[1]
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "range_near" {
  for_each          = { https = 443 }
  security_group_id = aws_security_group.front.id
  description       = "Customers, ${each.key}"
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_lb" "front" {
  name                       = "shop-prod-front"
  load_balancer_type         = "application"
  subnets                    = [aws_subnet.public_a.id, aws_subnet.public_b.id]
  security_groups            = [aws_security_group.front.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
}
