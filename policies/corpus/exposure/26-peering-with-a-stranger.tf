# The VPC is joined with a VPC of an account that does not belong to the shop.
# Source: https://docs.aws.amazon.com/vpc/latest/peering/what-is-vpc-peering.html
# Fault at: aws_vpc_peering_connection.stranger_fault
# Near miss at: aws_vpc_peering_connection.stranger_near

variable "partner_account" {
  description = "Account of the carrier."
  type        = string
  default     = "999988887777"
}

resource "aws_vpc_peering_connection" "stranger_fault" {
  vpc_id        = aws_vpc.shop.id
  peer_vpc_id   = "vpc-0123456789abcdef0"
  peer_owner_id = var.partner_account
}

resource "aws_vpc_peering_connection" "stranger_near" {
  vpc_id      = aws_vpc.shop.id
  peer_vpc_id = aws_vpc.reports.id
  auto_accept = true
}
