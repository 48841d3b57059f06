resource "aws_vpc" "this" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_flow_log" "this" {
  vpc_id          = aws_vpc.this.id
  log_destination = "arn:aws:s3:::shop-prod-flow"
  traffic_type    = "ALL"

  log_destination_type = "s3"
}

resource "aws_subnet" "private" {
  for_each   = { a = "10.0.1.0/24", b = "10.0.2.0/24" }
  vpc_id     = aws_vpc.this.id
  cidr_block = each.value
}

resource "aws_subnet" "public" {
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.0.3.0/24"
}

output "vpc_id" {
  value = aws_vpc.this.id
}

output "private" {
  value = [for s in aws_subnet.private : s.id]
}

output "public" {
  value = aws_subnet.public.id
}
