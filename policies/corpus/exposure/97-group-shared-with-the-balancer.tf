# A database shares the public load balancer's security group, and it listens on the port that is open there.
# Source: RDS.2, EC2.18
# Fault at: aws_vpc_security_group_ingress_rule.shared_group_fault
# Near miss at: aws_vpc_security_group_ingress_rule.shared_group_near
# Near miss at: aws_db_instance.shared_group_near

resource "aws_security_group" "club" {
  name        = "shop-prod-club"
  description = "Public load balancer of the club"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_lb" "club" {
  name                       = "shop-prod-club"
  load_balancer_type         = "application"
  subnets                    = [aws_subnet.public_a.id, aws_subnet.public_b.id]
  security_groups            = [aws_security_group.club.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
}

resource "aws_vpc_security_group_ingress_rule" "shared_group_fault" {
  security_group_id = aws_security_group.club.id
  description       = "Customers"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_db_instance" "points" {
  identifier                  = "shop-prod-points"
  engine                      = "postgres"
  engine_version              = "16.4"
  instance_class              = "db.m6g.large"
  allocated_storage           = 50
  port                        = 443
  username                    = "points"
  manage_master_user_password = true
  storage_encrypted           = true
  backup_retention_period     = 14
  deletion_protection         = true
  multi_az                    = true
  final_snapshot_identifier   = "shop-prod-points-final"
  db_subnet_group_name        = aws_db_subnet_group.private.name
  vpc_security_group_ids      = [aws_security_group.club.id]
}

# A rule of its own group lets only the load balancer's group in.
resource "aws_security_group" "coupons_db" {
  name        = "shop-prod-coupons-db"
  description = "Coupons database"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_vpc_security_group_ingress_rule" "shared_group_near" {
  security_group_id            = aws_security_group.coupons_db.id
  description                  = "Front"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.front.id
}

resource "aws_db_instance" "shared_group_near" {
  identifier                  = "shop-prod-coupons"
  engine                      = "postgres"
  engine_version              = "16.4"
  instance_class              = "db.m6g.large"
  allocated_storage           = 50
  port                        = 443
  username                    = "coupons"
  manage_master_user_password = true
  storage_encrypted           = true
  backup_retention_period     = 14
  deletion_protection         = true
  multi_az                    = true
  final_snapshot_identifier   = "shop-prod-coupons-final"
  db_subnet_group_name        = aws_db_subnet_group.private.name
  vpc_security_group_ids      = [aws_security_group.coupons_db.id]
}
