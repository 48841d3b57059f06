# The Firewall Manager policy only reports and no longer repairs.
# Source: https://docs.aws.amazon.com/waf/latest/developerguide/security-group-policies.html
# Fault at: aws_fms_policy.firewall_manager_reports_only_fault
# Near miss at: aws_fms_policy.firewall_manager_reports_only_near

resource "aws_fms_policy" "firewall_manager_reports_only_fault" {
  name                               = "shop-prod-orders-groups"
  exclude_resource_tags              = false
  remediation_enabled                = false
  delete_unused_fm_managed_resources = false
  resource_type_list                 = ["AWS::EC2::Instance", "AWS::EC2::NetworkInterface"]
  security_service_policy_data {
    type = "SECURITY_GROUPS_COMMON"
    managed_service_data = jsonencode({
      type                                     = "SECURITY_GROUPS_COMMON"
      revertManualSecurityGroupChanges         = true
      exclusiveResourceSecurityGroupManagement = false
      securityGroups                           = [{ id = "sg-0a1b2c3d4e5f60718" }]
    })
  }
}

resource "aws_fms_policy" "firewall_manager_reports_only_near" {
  name                               = "shop-prod-billing-groups"
  exclude_resource_tags              = false
  remediation_enabled                = true
  delete_unused_fm_managed_resources = true
  resource_type_list                 = ["AWS::EC2::Instance", "AWS::EC2::NetworkInterface"]
  security_service_policy_data {
    type = "SECURITY_GROUPS_COMMON"
    managed_service_data = jsonencode({
      type                                     = "SECURITY_GROUPS_COMMON"
      revertManualSecurityGroupChanges         = true
      exclusiveResourceSecurityGroupManagement = false
      securityGroups                           = [{ id = "sg-0a1b2c3d4e5f60718" }]
    })
  }
}
