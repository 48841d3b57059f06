# Everybody gets AWS credentials from the identity pool without logging in.
# Source: Cognito.2, CKV_AWS_366
# Fault at: aws_cognito_identity_pool.guest_fault
# Near miss at: aws_cognito_identity_pool.guest_near

resource "aws_cognito_identity_pool" "guest_fault" {
  identity_pool_name               = "shop-prod-site"
  allow_unauthenticated_identities = true
}

resource "aws_cognito_identity_pool" "guest_near" {
  identity_pool_name               = "shop-prod-app"
  allow_unauthenticated_identities = false

  cognito_identity_providers {
    client_id               = aws_cognito_user_pool_client.workers.id
    provider_name           = aws_cognito_user_pool.workers.endpoint
    server_side_token_check = true
  }
}
