# A foreign account may reach the warehouse from all of its networks.
# Source: https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-cross-vpc.html
# Fault at: aws_redshift_endpoint_authorization.foreign_fault
# Near miss at: aws_redshift_endpoint_access.foreign_near

resource "aws_redshift_endpoint_authorization" "foreign_fault" {
  cluster_identifier = aws_redshift_cluster.default_near.cluster_identifier
  account            = var.partner_account
}

resource "aws_redshift_endpoint_access" "foreign_near" {
  cluster_identifier     = aws_redshift_cluster.default_near.cluster_identifier
  endpoint_name          = "shop-prod-margins"
  subnet_group_name      = aws_redshift_subnet_group.private.name
  vpc_security_group_ids = [aws_security_group.app.id]
}
