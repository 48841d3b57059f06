# A service of the network of services listens without TLS.
# Source: https://docs.aws.amazon.com/vpc-lattice/latest/ug/listeners.html
# Fault at: aws_vpclattice_listener.lattice_fault
# Near miss at: aws_vpclattice_listener.lattice_near

resource "aws_vpclattice_service" "lattice" {
  name      = "shop-prod-payments"
  auth_type = "AWS_IAM"
}

resource "aws_vpclattice_listener" "lattice_fault" {
  name               = "shop-prod-payments"
  protocol           = "HTTP"
  port               = 443
  service_identifier = aws_vpclattice_service.lattice.id
  default_action {
    fixed_response {
      status_code = 404
    }
  }
}

resource "aws_vpclattice_listener" "lattice_near" {
  name               = "shop-prod-payments-tls"
  protocol           = "HTTPS"
  port               = 80
  service_identifier = aws_vpclattice_service.lattice.id
  default_action {
    fixed_response {
      status_code = 404
    }
  }
}
