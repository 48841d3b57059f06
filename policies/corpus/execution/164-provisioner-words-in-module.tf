# A module has a provisioner on an AWS resource, behind count.
# Source: https://developer.hashicorp.com/terraform/language/provisioners
# Fault at: module.pcount_fault.aws_sfn_activity.hook
# Near miss at: module.pcount_near.aws_sfn_activity.this

module "pcount_fault" {
  source = "./modules/count-exec"
  count  = 1
}

module "pcount_near" {
  source = "./modules/plain"
  name   = "shop-prod-provisioner-local-exec"
}
