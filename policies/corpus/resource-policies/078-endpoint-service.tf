# Every AWS account can connect to our endpoint service, and nobody accepts the connection.
# Source: CKV_AWS_123, https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
# Fault at: aws_vpc_endpoint_service.service_fault
# Near miss at: aws_vpc_endpoint_service.service_near

resource "aws_vpc_endpoint_service" "service_fault" {
  acceptance_required        = false
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:${var.region}:${var.account_id}:loadbalancer/net/shop-prod-api/50dc6c495c0c9188"]
  allowed_principals         = ["arn:aws:iam::${var.account_id}:root", "*"]
}

resource "aws_vpc_endpoint_service" "service_near" {
  acceptance_required        = true
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:${var.region}:${var.account_id}:loadbalancer/net/shop-prod-api/50dc6c495c0c9188"]
  allowed_principals         = ["arn:aws:iam::${var.account_id}:root"]
}
