# Everybody with a Google account may become the role.
# Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
# Fault at: aws_iam_role.any_google_user_fault
# Near miss at: aws_iam_role.any_google_user_near

resource "aws_iam_role" "any_google_user_fault" {
  name = "shop-prod-any-google-user-fault"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = "accounts.google.com" }, Condition = { StringLike = { "accounts.google.com:sub" = "*" } } }]
  })
}

resource "aws_iam_role" "any_google_user_near" {
  name = "shop-prod-any-google-user-near"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = "accounts.google.com" }, Condition = { StringEquals = { "accounts.google.com:aud" = "1066-shop.apps.googleusercontent.com", "accounts.google.com:sub" = "108223344556677889900" } } }]
  })
}
