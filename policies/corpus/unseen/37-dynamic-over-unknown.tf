# The ingress rules of a group are generated from a set that is known only after the apply.
# Source: CKV_AWS_24, CKV_AWS_25
# Fault at: aws_security_group.dyn_unknown_fault
# Near miss at: aws_security_group.dyn_unknown_near

resource "terraform_data" "dyn_unknown" {
  input = ["0.0.0.0/0"]
}

resource "aws_security_group" "dyn_unknown_client" {
  name        = "shop-prod-dyn-client"
  description = "Clients"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_security_group" "dyn_unknown_fault" {
  name        = "shop-prod-dyn-unknown-a"
  description = "Cache"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"

  dynamic "ingress" {
    for_each = toset(terraform_data.dyn_unknown.output)

    content {
      description = "Clients"
      protocol    = "tcp"
      from_port   = 6379
      to_port     = 6379
      cidr_blocks = [ingress.value]
    }
  }
}

resource "aws_security_group" "dyn_unknown_near" {
  name        = "shop-prod-dyn-unknown-b"
  description = "Cache"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"

  dynamic "ingress" {
    for_each = { clients = aws_security_group.dyn_unknown_client.id }

    content {
      description     = ingress.key
      protocol        = "tcp"
      from_port       = 6379
      to_port         = 6379
      security_groups = [ingress.value]
    }
  }
}
