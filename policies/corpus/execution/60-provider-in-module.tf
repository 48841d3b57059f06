# A module is given its own provider, which talks to a foreign endpoint.
# Source: https://developer.hashicorp.com/terraform/language/modules/develop/providers
# Fault at: module.pinmod_fault.provider.aws.hidden
# Near miss at: module.pinmod_near.aws_sfn_activity.this

module "pinmod_fault" {
  source = "./modules/own-provider"
}

module "pinmod_near" {
  source = "./modules/plain"
  name   = "shop-prod-pinmod"
}
