# The main route table leads to the internet, so the database subnet, which has no table of its own, is public.
# Source: RDS.46, https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
# Fault at: aws_db_subnet_group.main_fault
# Near miss at: aws_db_subnet_group.main_near
# Near miss at: aws_default_route_table.main_near

resource "aws_vpc" "reports" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_internet_gateway" "reports" {
  vpc_id = aws_vpc.reports.id
}

resource "aws_subnet" "reports_data" {
  vpc_id     = aws_vpc.reports.id
  cidr_block = "10.40.1.0/24"
}

resource "aws_db_subnet_group" "main_fault" {
  name       = "shop-prod-reports"
  subnet_ids = [aws_subnet.reports_data.id]
}

resource "aws_default_route_table" "reports" {
  default_route_table_id = aws_vpc.reports.default_route_table_id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.reports.id
  }
}

resource "aws_subnet" "main" {
  vpc_id     = aws_vpc.shop.id
  cidr_block = "10.20.40.0/24"
}

resource "aws_db_subnet_group" "main_near" {
  name       = "shop-prod-shipments"
  subnet_ids = [aws_subnet.main.id]
}

resource "aws_default_route_table" "main_near" {
  default_route_table_id = aws_vpc.shop.default_route_table_id

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.shop.id
  }
}
