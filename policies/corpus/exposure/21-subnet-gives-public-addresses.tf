# A subnet gives a public address to everything that starts in it.
# Source: EC2.15, CKV_AWS_130, AVD-AWS-0164
# Warns: the approvers decide
# Fault at: aws_subnet.address_fault
# Near miss at: aws_subnet.address_near

resource "aws_subnet" "address_fault" {
  vpc_id                  = aws_vpc.shop.id
  cidr_block              = "10.20.30.0/24"
  map_public_ip_on_launch = true
}

# A public subnet for load balancers, which get their addresses by themselves.
resource "aws_subnet" "address_near" {
  vpc_id                          = aws_vpc.shop.id
  cidr_block                      = "10.20.31.0/24"
  ipv6_cidr_block                 = cidrsubnet(aws_vpc.shop.ipv6_cidr_block, 8, 31)
  assign_ipv6_address_on_creation = false
  map_public_ip_on_launch         = false
}

resource "aws_route_table_association" "address_near" {
  subnet_id      = aws_subnet.address_near.id
  route_table_id = aws_route_table.public.id
}
