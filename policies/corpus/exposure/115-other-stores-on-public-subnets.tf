# Caches, a graph, a document and a migration subnet group use subnets that lead to the internet.
# Source: RDS.46, DMS.1, https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/elasticache-vpc-accessing.html
# Fault at: aws_elasticache_subnet_group.stores_fault
# Fault at: aws_neptune_subnet_group.stores_fault
# Fault at: aws_docdb_subnet_group.stores_fault
# Fault at: aws_memorydb_subnet_group.stores_fault
# Fault at: aws_dms_replication_subnet_group.stores_fault
# Near miss at: aws_elasticache_subnet_group.stores_near

resource "aws_elasticache_subnet_group" "stores_fault" {
  name       = "shop-prod-stores"
  subnet_ids = [for s in [aws_subnet.public_a, aws_subnet.public_b] : s.id]
}

resource "aws_neptune_subnet_group" "stores_fault" {
  name       = "shop-prod-stores"
  subnet_ids = [aws_subnet.private_a.id, aws_subnet.public_b.id]
}

resource "aws_docdb_subnet_group" "stores_fault" {
  name       = "shop-prod-stores"
  subnet_ids = [aws_subnet.private_a.id, aws_subnet.public_b.id]
}

resource "aws_memorydb_subnet_group" "stores_fault" {
  name       = "shop-prod-stores"
  subnet_ids = [aws_subnet.private_a.id, aws_subnet.public_b.id]
}

resource "aws_dms_replication_subnet_group" "stores_fault" {
  replication_subnet_group_id          = "shop-prod-stores"
  replication_subnet_group_description = "Stores"
  subnet_ids                           = [aws_subnet.private_a.id, aws_subnet.public_b.id]
}

resource "aws_elasticache_subnet_group" "stores_near" {
  name       = "shop-prod-inner-stores"
  subnet_ids = [for s in [aws_subnet.private_a, aws_subnet.private_b] : s.id]
}
