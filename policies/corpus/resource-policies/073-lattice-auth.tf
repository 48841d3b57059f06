# Everybody in the service network can call the service without signing, because only the method is checked.
# Source: https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
# Fault at: aws_vpclattice_auth_policy.lattice_auth_fault
# Near miss at: aws_vpclattice_auth_policy.lattice_auth_near

resource "aws_vpclattice_auth_policy" "lattice_auth_fault" {
  resource_identifier = "arn:aws:vpc-lattice:${var.region}:${var.account_id}:service/svc-0a1b2c3d4e5f60718"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "vpc-lattice-svcs:Invoke"
        Resource  = "*"
        Condition = { StringEquals = { "vpc-lattice-svcs:RequestMethod" = ["GET", "POST", "DELETE"] } }
      }
    ]
  })
}

resource "aws_vpclattice_auth_policy" "lattice_auth_near" {
  resource_identifier = "arn:aws:vpc-lattice:${var.region}:${var.account_id}:service/svc-0a1b2c3d4e5f60719"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = "vpc-lattice-svcs:Invoke"
        Resource  = "*"
        Condition = {
          StringEquals = { "vpc-lattice-svcs:RequestMethod" = ["GET", "POST"], "aws:PrincipalOrgID" = var.org_id }
        }
      }
    ]
  })
}
