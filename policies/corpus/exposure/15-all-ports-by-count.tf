# Every TCP port is open to the internet, in a rule that only its second instance reveals.
# Source: EC2.18, EC2.19, AVD-AWS-0107
# Fault at: aws_security_group_rule.ports_fault[1]
# Near miss at: aws_security_group_rule.ports_near[0]
# Near miss at: aws_security_group_rule.ports_near[1]

resource "aws_security_group" "workers" {
  name        = "shop-prod-workers"
  description = "Workers"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_security_group_rule" "ports_fault" {
  count             = 2
  type              = "ingress"
  description       = "Workers"
  from_port         = [8443, 0][count.index]
  to_port           = [8443, 65535][count.index]
  protocol          = "tcp"
  cidr_blocks       = [["10.20.0.0/16", "0.0.0.0/0"][count.index]]
  security_group_id = aws_security_group.workers.id
}

# Every TCP port, but only from the load balancer's group and from the VPC.
resource "aws_security_group_rule" "ports_near" {
  count                    = 2
  type                     = "ingress"
  description              = "Dynamic host ports of the targets"
  from_port                = 0
  to_port                  = 65535
  protocol                 = "tcp"
  cidr_blocks              = count.index == 0 ? ["10.20.0.0/16"] : null
  source_security_group_id = count.index == 1 ? aws_security_group.front.id : null
  security_group_id        = aws_security_group.workers.id
}
