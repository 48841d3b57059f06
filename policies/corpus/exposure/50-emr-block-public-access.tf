# Clusters of EMR may start with security groups that are open to the internet.
# Source: EMR.2, CKV_AWS_390
# Fault at: aws_emr_block_public_access_configuration.block_fault
# Near miss at: aws_emr_block_public_access_configuration.block_near

resource "aws_emr_block_public_access_configuration" "block_fault" {
  block_public_security_group_rules = true

  permitted_public_security_group_rule_range {
    min_range = 22
    max_range = 22
  }

  permitted_public_security_group_rule_range {
    min_range = 1024
    max_range = 65535
  }
}

resource "aws_emr_block_public_access_configuration" "block_near" {
  block_public_security_group_rules = true
}
