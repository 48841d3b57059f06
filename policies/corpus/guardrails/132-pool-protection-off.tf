# The user pool no longer looks for stolen passwords.
# Source: Cognito.1, https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html
# Fault at: aws_cognito_user_pool.pool_protection_off_fault
# Near miss at: aws_cognito_user_pool.pool_protection_off_near

resource "aws_cognito_user_pool" "pool_protection_off_fault" {
  name                = "shop-prod-orders"
  mfa_configuration   = "ON"
  deletion_protection = "ACTIVE"
  software_token_mfa_configuration {
    enabled = true
  }
  user_pool_add_ons {
    advanced_security_mode = "OFF"
  }
  admin_create_user_config {
    allow_admin_create_user_only = true
  }
  password_policy {
    minimum_length                   = 14
    require_lowercase                = true
    require_uppercase                = true
    require_numbers                  = true
    require_symbols                  = true
    temporary_password_validity_days = 1
  }
}

resource "aws_cognito_user_pool" "pool_protection_off_near" {
  name                = "shop-prod-billing"
  mfa_configuration   = "ON"
  deletion_protection = "ACTIVE"
  software_token_mfa_configuration {
    enabled = true
  }
  user_pool_add_ons {
    advanced_security_mode = "ENFORCED"
  }
  admin_create_user_config {
    allow_admin_create_user_only = true
  }
  password_policy {
    minimum_length                   = 16
    require_lowercase                = true
    require_uppercase                = true
    require_numbers                  = true
    require_symbols                  = true
    temporary_password_validity_days = 1
  }
}
