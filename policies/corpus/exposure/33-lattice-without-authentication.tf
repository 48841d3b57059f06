# A service network lets every client call its services without proving who it is.
# Source: https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
# Fault at: aws_vpclattice_service.auth_fault
# Near miss at: aws_vpclattice_service.auth_near

resource "aws_vpclattice_service_network" "shop" {
  name      = "shop-prod-network"
  auth_type = "NONE"
}

resource "aws_vpclattice_service" "auth_fault" {
  name      = "shop-prod-payments"
  auth_type = "NONE"
}

resource "aws_vpclattice_service" "auth_near" {
  name      = "shop-prod-orders"
  auth_type = "AWS_IAM"
}

resource "aws_vpclattice_service_network_service_association" "payments" {
  service_identifier         = aws_vpclattice_service.auth_fault.id
  service_network_identifier = aws_vpclattice_service_network.shop.id
}

resource "aws_vpclattice_service_network_service_association" "orders" {
  service_identifier         = aws_vpclattice_service.auth_near.id
  service_network_identifier = aws_vpclattice_service_network.shop.id
}
