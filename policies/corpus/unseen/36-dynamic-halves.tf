# Generated ingress blocks open a range with port 22 to both halves of the internet.
# Source: CKV_AWS_24
# Fault at: aws_security_group.dynamic_halves_fault
# Near miss at: aws_security_group.dynamic_halves_near

locals {
  dynamic_halves = merge(
    { for half in [0, 128] : "half-${half}" => { from = "20", to = "0x19", cidr = cidrsubnet("0.0.0.0/0", 1, half / 128) } },
  )
}

resource "aws_security_group" "dynamic_halves_fault" {
  name        = "shop-prod-dynamic-halves"
  description = "File transfer"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"

  dynamic "ingress" {
    for_each = local.dynamic_halves

    content {
      description = ingress.key
      protocol    = "tcp"
      from_port   = ingress.value.from
      to_port     = parseint(trimprefix(ingress.value.to, "0x"), 16)
      cidr_blocks = [ingress.value.cidr]
    }
  }
}

resource "aws_security_group" "dynamic_halves_near" {
  name        = "shop-prod-dynamic-alb"
  description = "Public load balancer"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"

  dynamic "ingress" {
    for_each = merge({ https = { port = "443" } })

    content {
      description = ingress.key
      protocol    = "tcp"
      from_port   = ingress.value.port
      to_port     = ingress.value.port
      cidr_blocks = [cidrsubnet("0.0.0.0/1", 0, 0), "128.0.0.0/1"]
    }
  }
}

resource "aws_lb" "dynamic_halves" {
  name                       = "shop-prod-dynamic-alb"
  load_balancer_type         = "application"
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  subnets                    = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
  security_groups            = [aws_security_group.dynamic_halves_near.id]
}
