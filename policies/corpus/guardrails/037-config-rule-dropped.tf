# The list of Config rules loses the one that watches CloudTrail.
# Source: Config.1, https://docs.aws.amazon.com/config/latest/developerguide/cloudtrail-enabled.html
# Fault at: aws_config_config_rule.config_rule_dropped["CLOUD_TRAIL_ENABLED"]
# Near miss at: aws_config_config_rule.config_rule_dropped["ENCRYPTED_VOLUMES"]

resource "aws_config_config_rule" "config_rule_dropped" {
  for_each = toset(["ROOT_ACCOUNT_MFA_ENABLED", "ENCRYPTED_VOLUMES"])
  name     = "shop-prod-${lower(replace(each.key, "_", "-"))}"
  source {
    owner             = "AWS"
    source_identifier = each.key
  }
}
