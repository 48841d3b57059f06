# A dynamic block opens remote desktop to the internet, among other ports and networks.
# Source: CKV_AWS_25
# Fault at: aws_security_group.dynamic_fault
# Near miss at: aws_security_group.dynamic_near

locals {
  windows_doors = {
    winrm = { port = 5986, sources = ["10.20.0.0/16"] }
    rdp   = { port = 3389, sources = ["10.20.0.0/16", "203.0.113.0/28", "0.0.0.0/0"] }
  }
  shop_doors = {
    https  = { port = 443, sources = ["0.0.0.0/0"] }
    probes = { port = 8443, sources = ["203.0.113.0/28", "10.20.0.0/16"] }
  }
}

resource "aws_security_group" "dynamic_fault" {
  name        = "shop-prod-windows"
  description = "Windows hosts"
  vpc_id      = aws_vpc.shop.id

  dynamic "ingress" {
    for_each = local.windows_doors
    content {
      description = ingress.key
      from_port   = ingress.value.port
      to_port     = ingress.value.port
      protocol    = "tcp"
      cidr_blocks = ingress.value.sources
    }
  }
}

resource "aws_security_group" "dynamic_near" {
  name        = "shop-prod-storefront"
  description = "Public load balancer of the storefront"
  vpc_id      = aws_vpc.shop.id

  dynamic "ingress" {
    for_each = local.shop_doors
    content {
      description = ingress.key
      from_port   = ingress.value.port
      to_port     = ingress.value.port
      protocol    = "tcp"
      cidr_blocks = ingress.value.sources
    }
  }
}

resource "aws_lb" "storefront" {
  name                       = "shop-prod-storefront"
  load_balancer_type         = "application"
  subnets                    = [aws_subnet.public_a.id, aws_subnet.public_b.id]
  security_groups            = [aws_security_group.dynamic_near.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = true
}
