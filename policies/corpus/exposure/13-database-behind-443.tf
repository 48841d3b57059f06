# A database listens on port 443, and that port of its security group is open to the internet.
# Source: RDS.2, RDS.23, EC2.18
# Fault at: aws_vpc_security_group_ingress_rule.disguise_fault
# Near miss at: aws_vpc_security_group_ingress_rule.disguise_near

resource "aws_security_group" "ledger_db" {
  name        = "shop-prod-ledger-db"
  description = "Ledger"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_db_subnet_group" "private" {
  name       = "shop-prod-private"
  subnet_ids = [aws_subnet.private_a.id, aws_subnet.private_b.id]
}

resource "aws_db_instance" "ledger" {
  identifier                  = "shop-prod-ledger"
  engine                      = "postgres"
  engine_version              = "16.4"
  instance_class              = "db.m6g.large"
  allocated_storage           = 50
  port                        = 443
  username                    = "ledger"
  manage_master_user_password = true
  storage_encrypted           = true
  backup_retention_period     = 14
  deletion_protection         = true
  multi_az                    = true
  skip_final_snapshot         = false
  final_snapshot_identifier   = "shop-prod-ledger-final"
  db_subnet_group_name        = aws_db_subnet_group.private.name
  vpc_security_group_ids      = [aws_security_group.ledger_db.id]
}

resource "aws_vpc_security_group_ingress_rule" "disguise_fault" {
  security_group_id = aws_security_group.ledger_db.id
  description       = "HTTPS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "disguise_near" {
  security_group_id = aws_security_group.front.id
  description       = "HTTPS over IPv6"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv6         = "::/0"
}
