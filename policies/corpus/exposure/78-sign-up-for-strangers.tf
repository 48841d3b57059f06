# Everybody may create an account in the directory of the staff.
# Source: Prowler cognito_user_pool_self_registration_disabled
# Warns: the approvers decide
# Fault at: aws_cognito_user_pool.sign_up_fault
# Near miss at: aws_cognito_user_pool.sign_up_near

resource "aws_cognito_user_pool" "sign_up_fault" {
  name                = "shop-prod-staff"
  deletion_protection = "ACTIVE"
  mfa_configuration   = "ON"

  software_token_mfa_configuration {
    enabled = true
  }

  admin_create_user_config {
    allow_admin_create_user_only = false
  }

  password_policy {
    minimum_length                   = 16
    require_lowercase                = true
    require_numbers                  = true
    require_symbols                  = true
    require_uppercase                = true
    temporary_password_validity_days = 1
  }
}

resource "aws_cognito_user_pool" "sign_up_near" {
  name                = "shop-prod-operators"
  deletion_protection = "ACTIVE"
  mfa_configuration   = "ON"

  software_token_mfa_configuration {
    enabled = true
  }

  admin_create_user_config {
    allow_admin_create_user_only = true
  }

  password_policy {
    minimum_length                   = 16
    require_lowercase                = true
    require_numbers                  = true
    require_symbols                  = true
    require_uppercase                = true
    temporary_password_validity_days = 1
  }
}
