# A database becomes public through a switch that the plan shows as unknown.
# Source: RDS.2, https://developer.hashicorp.com/terraform/language/expressions/references
# Fault at: aws_db_instance.switch_fault
# Fault at: aws_vpc_security_group_ingress_rule.switch_fault
# Near miss at: aws_db_instance.switch_near

resource "aws_db_instance" "switch_fault" {
  identifier                  = "shop-prod-gifts"
  engine                      = "postgres"
  engine_version              = "16.4"
  instance_class              = "db.m6g.large"
  allocated_storage           = 50
  username                    = "gifts"
  manage_master_user_password = true
  storage_encrypted           = true
  kms_key_id                  = aws_kms_key.shop.arn
  backup_retention_period     = 14
  deletion_protection         = true
  multi_az                    = true
  final_snapshot_identifier   = "shop-prod-gifts-final"
  db_subnet_group_name        = aws_db_subnet_group.private.name
  vpc_security_group_ids      = [aws_security_group.app.id]
  publicly_accessible         = length(aws_eip.nat.id) > 0
}

# The port turns into 22 once the address exists.
resource "aws_vpc_security_group_ingress_rule" "switch_fault" {
  security_group_id = aws_security_group.front.id
  description       = "HTTPS"
  ip_protocol       = "tcp"
  from_port         = length(aws_eip.nat.id) > 0 ? 22 : 443
  to_port           = length(aws_eip.nat.id) > 0 ? 22 : 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_db_instance" "switch_near" {
  identifier                  = "shop-prod-cards"
  engine                      = "postgres"
  engine_version              = "16.4"
  instance_class              = "db.m6g.large"
  allocated_storage           = 50
  username                    = "cards"
  manage_master_user_password = true
  storage_encrypted           = true
  kms_key_id                  = aws_kms_key.shop.arn
  backup_retention_period     = 14
  deletion_protection         = true
  multi_az                    = true
  final_snapshot_identifier   = "shop-prod-cards-final"
  db_subnet_group_name        = aws_db_subnet_group.private.name
  vpc_security_group_ids      = [aws_security_group.app.id]
  publicly_accessible         = false
}
