# A serverless warehouse is reachable from the internet.
# Source: RedshiftServerless.3
# Fault at: aws_redshiftserverless_workgroup.public_fault
# Near miss at: aws_redshiftserverless_workgroup.public_near

resource "aws_redshiftserverless_namespace" "sales" {
  namespace_name        = "shop-prod-sales"
  kms_key_id            = aws_kms_key.shop.arn
  manage_admin_password = true
}

resource "aws_redshiftserverless_workgroup" "public_fault" {
  namespace_name       = aws_redshiftserverless_namespace.sales.namespace_name
  workgroup_name       = "shop-prod-sales"
  enhanced_vpc_routing = true
  max_capacity         = 64
  publicly_accessible  = true
  subnet_ids           = [aws_subnet.private_a.id, aws_subnet.private_b.id]
  security_group_ids   = [aws_security_group.app.id]
}

resource "aws_redshiftserverless_workgroup" "public_near" {
  namespace_name       = aws_redshiftserverless_namespace.sales.namespace_name
  workgroup_name       = "shop-prod-margins"
  enhanced_vpc_routing = true
  max_capacity         = 64
  subnet_ids           = [aws_subnet.private_a.id, aws_subnet.private_b.id]
  security_group_ids   = [aws_security_group.app.id]
}
