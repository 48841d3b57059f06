# The governed account is the fleet's own here. On AWS it is another one, and this module is deployed there.

module "access" {
  source = "../../modules/environment-access"

  name              = "local"
  fleet             = { permits_role_arn = module.fleet.permits_role_arn, external_id = local.access.external_id }
  apply_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"] # whatever a story plans
}
