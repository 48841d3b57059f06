# EMR clusters may open every port to the internet because all ports are exceptions.
# Source: EMR.2
# Fault at: aws_emr_block_public_access_configuration.emr_public_ports_fault
# Near miss at: aws_emr_block_public_access_configuration.emr_public_ports_near

resource "aws_emr_block_public_access_configuration" "emr_public_ports_fault" {
  block_public_security_group_rules = true
  permitted_public_security_group_rule_range {
    min_range = 1
    max_range = 32767
  }
  permitted_public_security_group_rule_range {
    min_range = 32768
    max_range = 65535
  }
}

resource "aws_emr_block_public_access_configuration" "emr_public_ports_near" {
  block_public_security_group_rules = true
  permitted_public_security_group_rule_range {
    min_range = 443
    max_range = 443
  }
}
