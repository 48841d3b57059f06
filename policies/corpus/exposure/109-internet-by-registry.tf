# The database port is open to the IPv6 blocks of all five registries, which is nearly all of the IPv6 internet.
# Source: AVD-AWS-0107, https://www.iana.org/assignments/ipv6-unicast-address-assignments/
# Fault at: aws_vpc_security_group_ingress_rule.registry_fault["2600::/12"]
# Near miss at: aws_vpc_security_group_ingress_rule.registry_near

resource "aws_security_group" "registry" {
  name        = "shop-prod-registry"
  description = "Registry database"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_vpc_security_group_ingress_rule" "registry_fault" {
  for_each          = toset(["2001::/16", "2400::/12", "2600::/12", "2800::/12", "2a00::/12", "2c00::/12"])
  security_group_id = aws_security_group.registry.id
  description       = "MySQL"
  ip_protocol       = "tcp"
  from_port         = 3306
  to_port           = 3306
  cidr_ipv6         = each.value
}

# The company's own allocation.
resource "aws_vpc_security_group_ingress_rule" "registry_near" {
  security_group_id = aws_security_group.registry.id
  description       = "MySQL from the offices"
  ip_protocol       = "tcp"
  from_port         = 3306
  to_port           = 3306
  cidr_ipv6         = "2001:db8:40::/44"
}
