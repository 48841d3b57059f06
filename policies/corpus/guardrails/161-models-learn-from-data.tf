# AWS may use the data of the company to improve its language services.
# Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_ai-opt-out.html
# Fault at: aws_organizations_policy.models_learn_from_data_fault
# Near miss at: aws_organizations_policy.models_learn_from_data_near

resource "aws_organizations_policy" "models_learn_from_data_fault" {
  name = "shop-prod-orders-ai"
  type = "AISERVICES_OPT_OUT_POLICY"
  content = jsonencode({ services = {
    default = { opt_out_policy = { "@@assign" = "optIn" } }
  } })
}

resource "aws_organizations_policy" "models_learn_from_data_near" {
  name = "shop-prod-billing-ai"
  type = "AISERVICES_OPT_OUT_POLICY"
  content = jsonencode({ services = {
    default = { opt_out_policy = { "@@assign" = "optOut" } }
    lex     = { opt_out_policy = { "@@assign" = "optOut" } }
  } })
}
