# An identity provider of a user pool has its client secret in the source.
# Source: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-social-idp.html
# Fault at: aws_cognito_identity_provider.seccog_fault
# Near miss at: aws_cognito_identity_provider.seccog_near

resource "aws_cognito_user_pool" "seccog_pool" {
  name = "shop-prod-seccog"
}

resource "aws_cognito_identity_provider" "seccog_fault" {
  user_pool_id  = aws_cognito_user_pool.seccog_pool.id
  provider_name = "Google"
  provider_type = "Google"
  provider_details = {
    client_id        = "1234567890-abc.apps.googleusercontent.com"
    client_secret    = "GOCSPX-mOvg2cFAQac54iR5jP4aab12"
    authorize_scopes = "email openid"
  }
}

resource "aws_cognito_identity_provider" "seccog_near" {
  user_pool_id  = aws_cognito_user_pool.seccog_pool.id
  provider_name = "Company"
  provider_type = "SAML"
  provider_details = {
    MetadataURL = "https://login.example.com/saml/metadata"
  }
}
