# The database subnets' route table reaches the internet gateway through two halves of the internet.
# Source: RDS.46
# Fault at: aws_db_subnet_group.half_routes_fault
# Near miss at: aws_db_subnet_group.half_routes_near

resource "aws_subnet" "half_routes" {
  for_each          = { a = 50, b = 51 }
  vpc_id            = aws_vpc.shop.id
  cidr_block        = "10.20.${each.value}.0/24"
  availability_zone = "${var.region}${each.key}"
}

resource "aws_route_table" "half_routes" {
  vpc_id = aws_vpc.shop.id

  dynamic "route" {
    for_each = toset(["0.0.0.0/1", "128.0.0.0/1"])
    content {
      cidr_block = route.value
      gateway_id = aws_internet_gateway.shop.id
    }
  }
}

resource "aws_route_table_association" "half_routes" {
  for_each       = aws_subnet.half_routes
  subnet_id      = each.value.id
  route_table_id = aws_route_table.half_routes.id
}

resource "aws_db_subnet_group" "half_routes_fault" {
  name       = "shop-prod-returns"
  subnet_ids = values(aws_subnet.half_routes)[*].id
}

resource "aws_subnet" "inner_routes" {
  for_each          = { a = 52, b = 53 }
  vpc_id            = aws_vpc.shop.id
  cidr_block        = "10.20.${each.value}.0/24"
  availability_zone = "${var.region}${each.key}"
}

resource "aws_route_table" "inner_routes" {
  vpc_id = aws_vpc.shop.id

  dynamic "route" {
    for_each = toset(["0.0.0.0/1", "128.0.0.0/1"])
    content {
      cidr_block     = route.value
      nat_gateway_id = aws_nat_gateway.shop.id
    }
  }
}

resource "aws_route_table_association" "inner_routes" {
  for_each       = aws_subnet.inner_routes
  subnet_id      = each.value.id
  route_table_id = aws_route_table.inner_routes.id
}

resource "aws_db_subnet_group" "half_routes_near" {
  name       = "shop-prod-refunds"
  subnet_ids = values(aws_subnet.inner_routes)[*].id
}
