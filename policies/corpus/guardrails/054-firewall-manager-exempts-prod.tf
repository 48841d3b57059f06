# The Firewall Manager policy leaves out everything with the tag that all resources of production carry.
# Source: CKV_AWS_342, https://docs.aws.amazon.com/waf/latest/developerguide/working-with-policies.html
# Fault at: aws_fms_policy.firewall_manager_exempts_prod_fault
# Near miss at: aws_fms_policy.firewall_manager_exempts_prod_near

resource "aws_fms_policy" "firewall_manager_exempts_prod_fault" {
  name                  = "shop-prod-orders"
  exclude_resource_tags = true
  resource_tags         = { Environment = "prod" }
  remediation_enabled   = true
  resource_type         = "AWS::ElasticLoadBalancingV2::LoadBalancer"
  security_service_policy_data {
    type = "WAFV2"
    managed_service_data = jsonencode({
      type = "WAFV2"
      preProcessRuleGroups = [{
        ruleGroupArn               = null
        overrideAction             = { type = "NONE" }
        managedRuleGroupIdentifier = { vendorName = "AWS", managedRuleGroupName = "AWSManagedRulesCommonRuleSet" }
        ruleGroupType              = "ManagedRuleGroup"
        excludeRules               = []
      }]
      postProcessRuleGroups             = []
      defaultAction                     = { type = "ALLOW" }
      overrideCustomerWebACLAssociation = false
    })
  }
}

resource "aws_fms_policy" "firewall_manager_exempts_prod_near" {
  name                  = "shop-prod-billing"
  exclude_resource_tags = false
  resource_tags         = { Environment = "prod" }
  remediation_enabled   = true
  resource_type         = "AWS::ElasticLoadBalancingV2::LoadBalancer"
  security_service_policy_data {
    type = "WAFV2"
    managed_service_data = jsonencode({
      type = "WAFV2"
      preProcessRuleGroups = [{
        ruleGroupArn               = null
        overrideAction             = { type = "NONE" }
        managedRuleGroupIdentifier = { vendorName = "AWS", managedRuleGroupName = "AWSManagedRulesCommonRuleSet" }
        ruleGroupType              = "ManagedRuleGroup"
        excludeRules               = []
      }]
      postProcessRuleGroups             = []
      defaultAction                     = { type = "ALLOW" }
      overrideCustomerWebACLAssociation = false
    })
  }
}
