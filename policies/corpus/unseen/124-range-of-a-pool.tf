# An ingress block takes its range from a text that a function returns, which can be the whole internet.
# Source: CKV_AWS_260, EC2.19
# Fault at: aws_security_group.pool_fault
# Near miss at: aws_security_group.pool_near

resource "aws_lambda_invocation" "pool" {
  function_name = "shop-prod-ranges"
  input         = "{}"
}

resource "aws_vpc" "pool" {
  ipv4_ipam_pool_id   = "ipam-pool-0a1b2c3d4e5f60718"
  ipv4_netmask_length = 20

  tags = { Name = "shop-prod-pool" }
}

resource "aws_security_group" "pool_fault" {
  name        = "shop-prod-pool-a"
  description = "Cache"
  vpc_id      = aws_vpc.pool.id

  ingress {
    description = "Clients"
    protocol    = "tcp"
    from_port   = 6379
    to_port     = 6379
    cidr_blocks = jsondecode(aws_lambda_invocation.pool.result).ranges
  }
}

resource "aws_security_group" "pool_near" {
  name        = "shop-prod-pool-b"
  description = "Cache"
  vpc_id      = aws_vpc.pool.id

  ingress {
    description = "Clients"
    protocol    = "tcp"
    from_port   = 6379
    to_port     = 6379
    cidr_blocks = [aws_vpc.pool.cidr_block]
  }
}
