# The user pool can be deleted with all its users.
# Source: CKV_AWS_366, https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html
# Fault at: aws_cognito_user_pool.pool_deletable_fault
# Near miss at: aws_cognito_user_pool.pool_deletable_near

resource "aws_cognito_user_pool" "pool_deletable_fault" {
  name                = "shop-prod-orders-pool"
  mfa_configuration   = "ON"
  deletion_protection = "INACTIVE"
  software_token_mfa_configuration {
    enabled = true
  }
  user_pool_add_ons {
    advanced_security_mode = "AUDIT"
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

resource "aws_cognito_user_pool" "pool_deletable_near" {
  name                = "shop-prod-billing-pool"
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
    minimum_length                   = 14
    require_lowercase                = true
    require_uppercase                = true
    require_numbers                  = true
    require_symbols                  = true
    temporary_password_validity_days = 1
  }
}
