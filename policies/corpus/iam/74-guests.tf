# The identity pool gives AWS credentials to people who have not signed in.
# Source: CKV_AWS_366, Prowler cognito_identity_pool_guest_access_disabled
# Fault at: aws_cognito_identity_pool.guests_fault
# Near miss at: aws_cognito_identity_pool.guests_near

resource "aws_cognito_identity_pool" "guests_fault" {
  identity_pool_name               = "shop-prod-guests-fault"
  allow_unauthenticated_identities = true
  allow_classic_flow               = true
}

resource "aws_cognito_identity_pool" "guests_near" {
  identity_pool_name               = "shop-prod-guests-near"
  allow_unauthenticated_identities = false
  allow_classic_flow               = false
  developer_provider_name          = "login.shop.example"
}
