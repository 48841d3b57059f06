# A rule of the public load balancer names port 443, but its protocol "all" makes AWS ignore the port.
# Source: EC2.18, https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
# Fault at: aws_security_group_rule.mirror_fault
# Near miss at: aws_security_group_rule.mirror_near

resource "aws_security_group" "mirror" {
  name        = "shop-prod-mirror"
  description = "Public load balancer"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_lb" "mirror" {
  name                       = "shop-prod-mirror"
  load_balancer_type         = "application"
  subnets                    = [aws_subnet.public_a.id, aws_subnet.public_b.id]
  security_groups            = [aws_security_group.mirror.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
}

resource "aws_security_group_rule" "mirror_fault" {
  type              = "ingress"
  description       = "HTTPS"
  from_port         = 443
  to_port           = 443
  protocol          = "all"
  cidr_blocks       = ["0.0.0.0/0"]
  security_group_id = aws_security_group.mirror.id
}

resource "aws_security_group_rule" "mirror_near" {
  type              = "ingress"
  description       = "HTTPS"
  from_port         = 443
  to_port           = 443
  protocol          = "6"
  cidr_blocks       = ["0.0.0.0/0"]
  security_group_id = aws_security_group.mirror.id
}
