# A production account: the fleet applies, GitHub Actions plans, two people can come in if Headgate is down.

variable "external_id" {
  description = "Random text, the same as in the fleet's environment."
  type        = string
}

module "access" {
  source = "../.."

  name = "prod"
  fleet = {
    permits_role_arn = "arn:aws:iam::123456789012:role/headgate-prod-permits-api"
    external_id      = var.external_id
  }
  apply_policy_arns = ["arn:aws:iam::aws:policy/PowerUserAccess"]

  plan = {
    oidc = {
      provider_arn = "arn:aws:iam::210987654321:oidc-provider/token.actions.githubusercontent.com"
      host         = "token.actions.githubusercontent.com"
      subjects     = ["repo:example/infrastructure:*"]
    }
    state_arns = ["arn:aws:s3:::example-states/prod/*"]
  }

  break_glass = {
    principals       = ["arn:aws:iam::210987654321:role/on-call"]
    policy_arns      = ["arn:aws:iam::aws:policy/PowerUserAccess"]
    alarm_topic_arns = ["arn:aws:sns:eu-central-1:210987654321:alarms"]
  }
}
