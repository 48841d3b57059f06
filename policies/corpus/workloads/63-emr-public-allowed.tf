# Clusters with ports open to the internet may start again in this Region.
# Source: EMR.2, https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-block-public-access.html
# Fault at: aws_emr_block_public_access_configuration.emrbpa_fault
# Near miss at: aws_emr_block_public_access_configuration.emrbpa_near

resource "aws_emr_block_public_access_configuration" "emrbpa_fault" {
  block_public_security_group_rules = true
  permitted_public_security_group_rule_range {
    min_range = 1
    max_range = 65535
  }
}

resource "aws_emr_block_public_access_configuration" "emrbpa_near" {
  block_public_security_group_rules = true
}
