# The serverless warehouse accepts connections without TLS.
# Source: RedshiftServerless.2 (require_ssl)
# Fault at: aws_redshiftserverless_workgroup.rs_fault
# Near miss at: aws_redshiftserverless_workgroup.rs_near

resource "aws_redshiftserverless_namespace" "rs" {
  namespace_name        = "shop-prod-dwh"
  db_name               = "shopdwh"
  admin_username        = "shopowner"
  manage_admin_password = true
  kms_key_id            = aws_kms_key.work.arn
  log_exports           = ["connectionlog", "userlog", "useractivitylog"]
}

resource "aws_redshiftserverless_workgroup" "rs_fault" {
  namespace_name       = aws_redshiftserverless_namespace.rs.namespace_name
  workgroup_name       = "shop-prod-dwh-plain"
  base_capacity        = 8
  max_capacity         = 32
  enhanced_vpc_routing = true
  publicly_accessible  = false
  subnet_ids           = [aws_subnet.work_a.id, aws_subnet.work_b.id, aws_subnet.work_c.id]
  security_group_ids   = [aws_security_group.work_app.id]
  port                 = 5440
  config_parameter {
    parameter_key   = "require_ssl"
    parameter_value = "false"
  }
  config_parameter {
    parameter_key   = "enable_user_activity_logging"
    parameter_value = "true"
  }
}

resource "aws_redshiftserverless_workgroup" "rs_near" {
  namespace_name       = aws_redshiftserverless_namespace.rs.namespace_name
  workgroup_name       = "shop-prod-dwh"
  base_capacity        = 8
  max_capacity         = 32
  enhanced_vpc_routing = true
  publicly_accessible  = false
  subnet_ids           = [aws_subnet.work_a.id, aws_subnet.work_b.id, aws_subnet.work_c.id]
  security_group_ids   = [aws_security_group.work_app.id]
  port                 = 5440
  config_parameter {
    parameter_key   = "require_ssl"
    parameter_value = "true"
  }
  config_parameter {
    parameter_key   = "enable_user_activity_logging"
    parameter_value = "true"
  }
}
