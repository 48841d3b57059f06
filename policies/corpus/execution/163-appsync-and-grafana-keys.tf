# The plan creates keys for APIs, whose values then are in the state.
# Source: https://docs.aws.amazon.com/grafana/latest/userguide/Using-Grafana-APIs.html
# Fault at: aws_grafana_workspace_api_key.seckeys_fault
# Fault at: aws_appsync_api_key.seckeys_fault
# Fault at: aws_cognito_user.seckeys_fault
# Near miss at: aws_cognito_user_pool_client.seckeys_near

resource "aws_grafana_workspace_api_key" "seckeys_fault" {
  key_name        = "shop-prod-admin"
  key_role        = "ADMIN"
  seconds_to_live = 2592000
  workspace_id    = "g-0123456789"
}

resource "aws_appsync_api_key" "seckeys_fault" {
  api_id      = "abcdefghijklmnopqrstuvwxyz"
  description = "Key of the shop"
  expires     = "2030-05-03T04:00:00Z"
}

resource "aws_cognito_user" "seckeys_fault" {
  user_pool_id = aws_cognito_user_pool.seckeys_pool.id
  username     = "shop-admin"
  password     = "Sommer2024!"
}

# A public client has no secret at all.
resource "aws_cognito_user_pool_client" "seckeys_near" {
  name                   = "shop-prod-seckeys"
  user_pool_id           = aws_cognito_user_pool.seckeys_pool.id
  generate_secret        = false
  explicit_auth_flows    = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
  enable_token_revocation = true
  prevent_user_existence_errors = "ENABLED"
}

resource "aws_cognito_user_pool" "seckeys_pool" {
  name = "shop-prod-seckeys"
}
