# A foreign account can make endpoints to the warehouse in all of its VPCs.
# Source: https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-cross-vpc.html
# Fault at: aws_redshift_endpoint_authorization.warehouse_fault
# Near miss at: aws_redshift_endpoint_authorization.warehouse_near

resource "aws_redshift_endpoint_authorization" "warehouse_fault" {
  account            = var.partner_account_id
  cluster_identifier = "shop-prod-warehouse"
}

resource "aws_redshift_endpoint_authorization" "warehouse_near" {
  account            = aws_organizations_account.recovery.id
  cluster_identifier = "shop-prod-warehouse"
  vpc_ids            = ["vpc-0a1b2c3d4e5f60718"]
}
