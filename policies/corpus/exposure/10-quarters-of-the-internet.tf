# The four quarters of the internet may reach the cache, written as an attribute and not as a block.
# Source: AVD-AWS-0107, https://developer.hashicorp.com/terraform/language/attr-as-blocks
# Fault at: aws_security_group.quarters_fault
# Near miss at: aws_security_group.quarters_near

resource "aws_security_group" "quarters_fault" {
  name        = "shop-prod-cache"
  description = "Cache"
  vpc_id      = aws_vpc.shop.id

  ingress = [for c in ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"] : {
    description      = "Cache"
    from_port        = 6379
    to_port          = 6379
    protocol         = "tcp"
    cidr_blocks      = [c]
    ipv6_cidr_blocks = []
    prefix_list_ids  = []
    security_groups  = []
    self             = false
  }]
}

resource "aws_security_group" "quarters_near" {
  name        = "shop-prod-sessions"
  description = "Sessions cache"
  vpc_id      = aws_vpc.shop.id

  ingress = [for c in ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] : {
    description      = "Sessions cache"
    from_port        = 6379
    to_port          = 6379
    protocol         = "tcp"
    cidr_blocks      = [c]
    ipv6_cidr_blocks = []
    prefix_list_ids  = []
    security_groups  = []
    self             = false
  }]
}
