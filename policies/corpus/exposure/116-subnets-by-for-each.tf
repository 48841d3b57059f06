# A database subnet group uses subnets that are made by for_each and lead to the internet.
# Source: RDS.46
# Fault at: aws_db_subnet_group.each_fault
# Near miss at: aws_db_subnet_group.each_near

locals {
  each_zones = { a = 0, b = 1 }
}

resource "aws_subnet" "each_open" {
  for_each          = local.each_zones
  vpc_id            = aws_vpc.shop.id
  cidr_block        = cidrsubnet("10.20.60.0/23", 1, each.value)
  availability_zone = "${var.region}${each.key}"
}

resource "aws_route_table_association" "each_open" {
  for_each       = aws_subnet.each_open
  subnet_id      = each.value.id
  route_table_id = aws_route_table.public.id
}

resource "aws_db_subnet_group" "each_fault" {
  name       = "shop-prod-labels"
  subnet_ids = values(aws_subnet.each_open)[*].id
}

resource "aws_subnet" "each_inner" {
  for_each          = local.each_zones
  vpc_id            = aws_vpc.shop.id
  cidr_block        = cidrsubnet("10.20.62.0/23", 1, each.value)
  availability_zone = "${var.region}${each.key}"
}

resource "aws_route_table_association" "each_inner" {
  for_each       = aws_subnet.each_inner
  subnet_id      = each.value.id
  route_table_id = aws_route_table.private.id
}

resource "aws_db_subnet_group" "each_near" {
  name       = "shop-prod-tags"
  subnet_ids = values(aws_subnet.each_inner)[*].id
}
