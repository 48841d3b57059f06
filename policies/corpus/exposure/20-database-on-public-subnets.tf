# A database subnet group uses subnets whose route table leads to an internet gateway.
# Source: RDS.46, https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
# Fault at: aws_db_subnet_group.placement_fault
# Fault at: aws_redshift_subnet_group.placement_fault
# Near miss at: aws_db_subnet_group.placement_near

resource "aws_db_subnet_group" "placement_fault" {
  name       = "shop-prod-orders"
  subnet_ids = [aws_subnet.public_a.id, aws_subnet.public_b.id]
}

resource "aws_redshift_subnet_group" "placement_fault" {
  name       = "shop-prod-warehouse"
  subnet_ids = [aws_subnet.public_a.id, aws_subnet.public_b.id]
}

resource "aws_db_subnet_group" "placement_near" {
  name       = "shop-prod-invoices"
  subnet_ids = [aws_subnet.private_a.id, aws_subnet.private_b.id]
}
