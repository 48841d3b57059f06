# The Config rule for old access keys accepts keys of 27 years.
# Source: IAM.3, https://docs.aws.amazon.com/config/latest/developerguide/access-keys-rotated.html
# Fault at: aws_config_config_rule.config_key_age_fault
# Near miss at: aws_config_config_rule.config_key_age_near

resource "aws_config_config_rule" "config_key_age_fault" {
  name             = "shop-prod-orders-keys"
  input_parameters = jsonencode({ maxAccessKeyAge = "9999" })
  source {
    owner             = "AWS"
    source_identifier = "ACCESS_KEYS_ROTATED"
  }
}

resource "aws_config_config_rule" "config_key_age_near" {
  name             = "shop-prod-billing-keys"
  input_parameters = jsonencode({ maxAccessKeyAge = "60" })
  source {
    owner             = "AWS"
    source_identifier = "ACCESS_KEYS_ROTATED"
  }
}
