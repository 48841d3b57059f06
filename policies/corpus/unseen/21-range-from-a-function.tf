# A security group rule takes its range from the answer of a function, which can be the whole internet.
# Source: CKV_AWS_25
# Fault at: aws_vpc_security_group_ingress_rule.fn_range_fault
# Near miss at: aws_vpc_security_group_ingress_rule.fn_range_near

resource "aws_lambda_invocation" "fn_range" {
  function_name = "shop-prod-office-ranges"
  input         = jsonencode({ office = "berlin" })
}

resource "aws_security_group" "fn_range" {
  name        = "shop-prod-fn-range"
  description = "Windows hosts"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
}

module "fn_range_bastion" {
  source = "./modules/sg"
  name   = "shop-prod-fn-range-bastion"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_vpc_security_group_ingress_rule" "fn_range_fault" {
  security_group_id = aws_security_group.fn_range.id
  description       = "Remote desktop from the office"
  ip_protocol       = "tcp"
  from_port         = 3389
  to_port           = 3389
  cidr_ipv4         = jsondecode(aws_lambda_invocation.fn_range.result).cidr
}

resource "aws_vpc_security_group_ingress_rule" "fn_range_near" {
  security_group_id            = aws_security_group.fn_range.id
  description                  = "Remote desktop from the bastion"
  ip_protocol                  = "tcp"
  from_port                    = 3389
  to_port                      = 3389
  referenced_security_group_id = module.fn_range_bastion.id
}
