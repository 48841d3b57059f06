# A network is connected to an endpoint service that is known only after the apply, and it belongs to a stranger.
# Source: https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
# Fault at: aws_vpc_endpoint.ep_unknown_fault
# Near miss at: aws_vpc_endpoint.ep_unknown_near

resource "terraform_data" "ep_unknown" {
  input = "com.amazonaws.vpce.eu-central-1.vpce-svc-0f1e2d3c4b5a69788"
}

resource "aws_vpc_endpoint_service" "ep_unknown" {
  acceptance_required        = true
  network_load_balancer_arns = [aws_lb.ep_unknown.arn]

  tags = { Name = "shop-prod-ep-unknown" }
}

resource "aws_lb" "ep_unknown" {
  name                       = "shop-prod-ep-unknown"
  internal                   = true
  load_balancer_type         = "network"
  enable_deletion_protection = true
  subnets                    = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"]
}

resource "aws_vpc_endpoint" "ep_unknown_fault" {
  vpc_id              = "vpc-0a1b2c3d4e5f60718"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60718"]
  security_group_ids  = ["sg-0a1b2c3d4e5f60718"]
  private_dns_enabled = false
  service_name        = terraform_data.ep_unknown.output

  tags = { Name = "shop-prod-ep-unknown-a" }
}

resource "aws_vpc_endpoint" "ep_unknown_near" {
  vpc_id              = "vpc-0a1b2c3d4e5f60718"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = ["subnet-0a1b2c3d4e5f60718"]
  security_group_ids  = ["sg-0a1b2c3d4e5f60718"]
  private_dns_enabled = false
  service_name        = aws_vpc_endpoint_service.ep_unknown.service_name

  tags = { Name = "shop-prod-ep-unknown-b" }
}
