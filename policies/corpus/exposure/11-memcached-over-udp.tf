# Memcached is open to the internet over UDP, where strangers use it to flood others.
# Source: EC2.19
# Fault at: aws_security_group_rule.udp_fault
# Near miss at: aws_security_group_rule.udp_near

resource "aws_security_group" "memcached" {
  name        = "shop-prod-memcached"
  description = "Memcached"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_security_group" "quic" {
  name        = "shop-prod-quic"
  description = "Network load balancer for HTTP/3"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_lb" "quic" {
  name                             = "shop-prod-quic"
  load_balancer_type               = "network"
  subnets                          = [aws_subnet.public_a.id, aws_subnet.public_b.id]
  security_groups                  = [aws_security_group.quic.id]
  enable_deletion_protection       = true
  enable_cross_zone_load_balancing = true
}

resource "aws_security_group_rule" "udp_fault" {
  type              = "ingress"
  description       = "Memcached"
  from_port         = 11211
  to_port           = 11211
  protocol          = "udp"
  cidr_blocks       = ["0.0.0.0/0"]
  security_group_id = aws_security_group.memcached.id
}

resource "aws_security_group_rule" "udp_near" {
  type              = "ingress"
  description       = "HTTP/3"
  from_port         = 443
  to_port           = 443
  protocol          = "udp"
  cidr_blocks       = ["0.0.0.0/0"]
  security_group_id = aws_security_group.quic.id
}
