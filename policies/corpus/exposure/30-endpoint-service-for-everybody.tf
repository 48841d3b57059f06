# Every AWS account may connect to the shop's private service, and nobody has to approve it.
# Source: https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
# Fault at: aws_vpc_endpoint_service.anybody_fault
# Near miss at: aws_vpc_endpoint_service.anybody_near

resource "aws_vpc_endpoint_service" "anybody_fault" {
  acceptance_required        = false
  allowed_principals         = ["*"]
  network_load_balancer_arns = [aws_lb.inner.arn]
}

# A service for customers: anybody may ask, and an engineer accepts each connection.
resource "aws_vpc_endpoint_service" "anybody_near" {
  acceptance_required        = true
  allowed_principals         = ["*"]
  network_load_balancer_arns = [aws_lb.inner.arn]
}
