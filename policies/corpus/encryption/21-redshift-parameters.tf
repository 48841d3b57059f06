# The warehouse accepts connections without TLS.
# Source: Redshift.2, CKV_AWS_105
# Fault at: aws_redshift_parameter_group.require_fault
# Fault at: aws_redshiftserverless_workgroup.require_fault
# Near miss at: aws_redshift_parameter_group.require_near

resource "aws_redshift_parameter_group" "require_fault" {
  name   = "shop-prod-warehouse"
  family = "redshift-1.0"
  parameter {
    name  = "enable_user_activity_logging"
    value = "true"
  }
  parameter {
    name  = "require_ssl"
    value = "False"
  }
}

resource "aws_redshiftserverless_workgroup" "require_fault" {
  workgroup_name       = "shop-prod-adhoc"
  namespace_name       = "shop-prod-adhoc"
  enhanced_vpc_routing = true
  publicly_accessible  = false
  subnet_ids           = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719", "subnet-0a1b2c3d4e5f6071a"]
  security_group_ids   = ["sg-0a1b2c3d4e5f60718"]
  max_capacity         = 64
  config_parameter {
    parameter_key   = "require_ssl"
    parameter_value = "false"
  }
}

resource "aws_redshift_parameter_group" "require_near" {
  name   = "shop-prod-warehouse-tls"
  family = "redshift-1.0"
  parameter {
    name  = "enable_user_activity_logging"
    value = "true"
  }
  parameter {
    name  = "require_ssl"
    value = "TRUE"
  }
  parameter {
    name  = "auto_analyze"
    value = "false"
  }
}
