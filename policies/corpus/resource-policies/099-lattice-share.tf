# A foreign account can join our service network.
# Source: https://docs.aws.amazon.com/vpc-lattice/latest/ug/sharing.html
# Fault at: aws_vpclattice_resource_policy.lattice_share_fault
# Near miss at: aws_vpclattice_resource_policy.lattice_share_near

resource "aws_vpclattice_resource_policy" "lattice_share_fault" {
  resource_arn = "arn:aws:vpc-lattice:${var.region}:${var.account_id}:servicenetwork/sn-0a1b2c3d4e5f60718"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["arn:aws:iam::999988887777:root"] }
        Action    = ["vpc-lattice:CreateServiceNetworkVpcAssociation", "vpc-lattice:CreateServiceNetworkServiceAssociation", "vpc-lattice:GetServiceNetwork"]
        Resource  = "arn:aws:vpc-lattice:${var.region}:${var.account_id}:servicenetwork/sn-0a1b2c3d4e5f60718"
      }
    ]
  })
}

resource "aws_vpclattice_resource_policy" "lattice_share_near" {
  resource_arn = "arn:aws:vpc-lattice:${var.region}:${var.account_id}:servicenetwork/sn-0a1b2c3d4e5f60719"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = { AWS = ["arn:aws:iam::${var.account_id}:root"] }
        Action    = ["vpc-lattice:CreateServiceNetworkVpcAssociation", "vpc-lattice:CreateServiceNetworkServiceAssociation", "vpc-lattice:GetServiceNetwork"]
        Resource  = "arn:aws:vpc-lattice:${var.region}:${var.account_id}:servicenetwork/sn-0a1b2c3d4e5f60719"
      }
    ]
  })
}
