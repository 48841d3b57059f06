# The route table of the database subnets sends all IPv6 traffic to an internet gateway.
# Source: https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html
# Fault at: aws_db_subnet_group.data_fault
# Near miss at: aws_route.private_near
# Near miss at: aws_db_subnet_group.private_near

# The network that the other cases of this folder use too.
resource "aws_vpc" "shop" {
  cidr_block                       = "10.20.0.0/16"
  assign_generated_ipv6_cidr_block = true
  enable_dns_hostnames             = true
}

resource "aws_internet_gateway" "shop" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_egress_only_internet_gateway" "shop" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_subnet" "public_a" {
  vpc_id            = aws_vpc.shop.id
  cidr_block        = "10.20.0.0/24"
  availability_zone = "${var.region}a"
}

resource "aws_subnet" "public_b" {
  vpc_id            = aws_vpc.shop.id
  cidr_block        = "10.20.1.0/24"
  availability_zone = "${var.region}b"
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_route" "public" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.shop.id
}

resource "aws_route_table_association" "public_a" {
  subnet_id      = aws_subnet.public_a.id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table_association" "public_b" {
  subnet_id      = aws_subnet.public_b.id
  route_table_id = aws_route_table.public.id
}

resource "aws_eip" "nat" {
  domain = "vpc"
}

resource "aws_nat_gateway" "shop" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.public_a.id
}

resource "aws_subnet" "private_a" {
  vpc_id            = aws_vpc.shop.id
  cidr_block        = "10.20.10.0/24"
  availability_zone = "${var.region}a"
}

resource "aws_subnet" "private_b" {
  vpc_id            = aws_vpc.shop.id
  cidr_block        = "10.20.11.0/24"
  availability_zone = "${var.region}b"
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_route" "private" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.shop.id
}

resource "aws_route_table_association" "private_a" {
  subnet_id      = aws_subnet.private_a.id
  route_table_id = aws_route_table.private.id
}

resource "aws_route_table_association" "private_b" {
  subnet_id      = aws_subnet.private_b.id
  route_table_id = aws_route_table.private.id
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.shop.id
  service_name    = "com.amazonaws.${var.region}.s3"
  route_table_ids = [aws_route_table.private.id]
}

resource "aws_vpc_endpoint" "dynamodb" {
  vpc_id          = aws_vpc.shop.id
  service_name    = "com.amazonaws.${var.region}.dynamodb"
  route_table_ids = [aws_route_table.private.id]
}

resource "aws_kms_key" "shop" {
  description         = "Key of the shop"
  enable_key_rotation = true
}

resource "aws_security_group" "app" {
  name        = "shop-prod-app"
  description = "Application"
  vpc_id      = aws_vpc.shop.id
}

# The database subnets of this case.
resource "aws_subnet" "data_a" {
  vpc_id            = aws_vpc.shop.id
  cidr_block        = "10.20.20.0/24"
  availability_zone = "${var.region}a"
}

resource "aws_subnet" "data_b" {
  vpc_id            = aws_vpc.shop.id
  cidr_block        = "10.20.21.0/24"
  availability_zone = "${var.region}b"
}

resource "aws_route_table" "data" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_route_table_association" "data_a" {
  subnet_id      = aws_subnet.data_a.id
  route_table_id = aws_route_table.data.id
}

resource "aws_route_table_association" "data_b" {
  subnet_id      = aws_subnet.data_b.id
  route_table_id = aws_route_table.data.id
}

resource "aws_db_subnet_group" "data_fault" {
  name       = "shop-prod-data"
  subnet_ids = [aws_subnet.data_a.id, aws_subnet.data_b.id]
}

resource "aws_route" "data" {
  route_table_id              = aws_route_table.data.id
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = aws_internet_gateway.shop.id
}

resource "aws_db_subnet_group" "private_near" {
  name       = "shop-prod-carts"
  subnet_ids = [aws_subnet.private_a.id, aws_subnet.private_b.id]
}

resource "aws_route" "private_near" {
  route_table_id              = aws_route_table.private.id
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = aws_egress_only_internet_gateway.shop.id
}
