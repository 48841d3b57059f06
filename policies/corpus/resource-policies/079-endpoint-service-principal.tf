# A foreign account can connect to our endpoint service, through a separate resource.
# Source: https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
# Fault at: aws_vpc_endpoint_service_allowed_principal.allowed_fault
# Near miss at: aws_vpc_endpoint_service_allowed_principal.allowed_near

resource "aws_vpc_endpoint_service_allowed_principal" "allowed_fault" {
  vpc_endpoint_service_id = "vpce-svc-0a1b2c3d4e5f60718"
  principal_arn           = "arn:aws:iam::${var.partner_account_id}:root"
}

resource "aws_vpc_endpoint_service_allowed_principal" "allowed_near" {
  vpc_endpoint_service_id = "vpce-svc-0a1b2c3d4e5f60718"
  principal_arn           = "arn:aws:iam::${var.account_id}:role/shop-prod-network"
}
