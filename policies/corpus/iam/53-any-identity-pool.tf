# Everybody who owns an identity pool in any account may become the role.
# Source: https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
# Fault at: aws_iam_role.any_identity_pool_fault
# Near miss at: aws_iam_role.any_identity_pool_near

resource "aws_iam_role" "any_identity_pool_fault" {
  name = "shop-prod-any-identity-pool-fault"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = "cognito-identity.amazonaws.com" }, Condition = { "ForAnyValue:StringLike" = { "cognito-identity.amazonaws.com:amr" = "authenticated" } } }]
  })
}

resource "aws_iam_role" "any_identity_pool_near" {
  name = "shop-prod-any-identity-pool-near"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = "cognito-identity.amazonaws.com" }, Condition = { StringEquals = { "cognito-identity.amazonaws.com:aud" = "eu-central-1:12345678-dead-beef-cafe-123456790ab1" }, "ForAnyValue:StringLike" = { "cognito-identity.amazonaws.com:amr" = "authenticated" } } }]
  })
}
