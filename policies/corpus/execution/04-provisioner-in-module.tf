# A resource two modules deep runs a shell command for each key.
# Source: https://developer.hashicorp.com/terraform/language/provisioners
# Fault at: module.pmod_fault.module.inner.terraform_data.hook
# Near miss at: module.pmod_near.module.inner.terraform_data.hook["a"]

module "pmod_fault" {
  source = "./modules/outer-exec"
}

module "pmod_near" {
  source = "./modules/outer-quiet"
}
