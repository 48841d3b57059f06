# The database port is open to 2000::/3, which is every public IPv6 address.
# Source: AVD-AWS-0107, https://www.iana.org/assignments/ipv6-address-space/
# Fault at: aws_security_group_rule.unicast_fault
# Near miss at: aws_security_group_rule.unicast_near

resource "aws_security_group" "orders_db" {
  name        = "shop-prod-orders-db"
  description = "Orders database"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_security_group_rule" "unicast_fault" {
  type              = "ingress"
  description       = "PostgreSQL"
  from_port         = 5432
  to_port           = 5432
  protocol          = "tcp"
  ipv6_cidr_blocks  = ["2000::/3"]
  security_group_id = aws_security_group.orders_db.id
}

resource "aws_security_group_rule" "unicast_near" {
  type              = "ingress"
  description       = "PostgreSQL from the unique local addresses"
  from_port         = 5432
  to_port           = 5432
  protocol          = "tcp"
  ipv6_cidr_blocks  = ["fc00::/7"]
  security_group_id = aws_security_group.orders_db.id
}
