# The policy lets its holder give any role to the guests of every identity pool.
# Source: https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_SetIdentityPoolRoles.html
# Fault at: aws_iam_policy.identity_pool_roles_fault
# Near miss at: aws_iam_policy.identity_pool_roles_near

resource "aws_iam_policy" "identity_pool_roles_fault" {
  name        = "shop-prod-identity-pool-roles-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["cognito-identity:SetIdentityPoolRoles", "cognito-identity:UpdateIdentityPool"], Resource = "arn:aws:cognito-identity:*:*:identitypool/*" },
      { Effect = "Allow", Action = ["iam:Pass?ole"], Resource = ["*"] },
    ]
  })
}

resource "aws_iam_policy" "identity_pool_roles_near" {
  name        = "shop-prod-identity-pool-roles-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["cognito-identity:GetId", "cognito-identity:GetCredentialsForIdentity", "cognito-identity:GetOpenIdToken"], Resource = "*" }]
  })
}
