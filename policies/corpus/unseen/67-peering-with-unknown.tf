# A network is peered with a network of an account that is known only after the apply.
# Source: https://docs.aws.amazon.com/vpc/latest/peering/what-is-vpc-peering.html
# Fault at: aws_vpc_peering_connection.peer_unknown_fault
# Near miss at: aws_vpc_peering_connection.peer_unknown_near

resource "terraform_data" "peer_unknown" {
  input = { account = "999988887777", network = "vpc-0f1e2d3c4b5a69788" }
}

resource "aws_vpc" "peer_unknown" {
  cidr_block = "10.67.0.0/16"

  tags = { Name = "shop-prod-peer" }
}

resource "aws_vpc_peering_connection" "peer_unknown_fault" {
  vpc_id        = "vpc-0a1b2c3d4e5f60718"
  peer_vpc_id   = terraform_data.peer_unknown.output.network
  peer_owner_id = terraform_data.peer_unknown.output.account

  tags = { Name = "shop-prod-peer-a" }
}

resource "aws_vpc_peering_connection" "peer_unknown_near" {
  vpc_id        = "vpc-0a1b2c3d4e5f60718"
  peer_vpc_id   = aws_vpc.peer_unknown.id
  peer_owner_id = aws_vpc.peer_unknown.owner_id
  auto_accept   = true

  tags = { Name = "shop-prod-peer-b" }
}
