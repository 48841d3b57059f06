# The load balancer loses its web firewall.
# Source: ELB.16, APIGateway.4, CKV2_AWS_28
# Fault at: aws_wafv2_web_acl_association.waf_detached_fault
# Near miss at: aws_wafv2_web_acl_association.waf_detached_near

resource "aws_wafv2_web_acl_association" "waf_detached_near" {
  resource_arn = "arn:aws:elasticloadbalancing:::loadbalancer/app/shop-prod/50dc6c495c0c9188"
  web_acl_arn  = "arn:aws:wafv2:::regional/webacl/shop-prod/11111111-2222-3333-4444-555555555555"
}
