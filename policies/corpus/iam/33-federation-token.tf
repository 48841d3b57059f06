# The policy lets its holder make console sessions of 36 hours that outlive his key.
# Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
# Fault at: aws_iam_policy.federation_token_fault
# Near miss at: aws_iam_policy.federation_token_near

resource "aws_iam_policy" "federation_token_fault" {
  name        = "shop-prod-federation-token-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sts:GetFederationToken"], Resource = "arn:aws:iam::*:user/shop-prod-*" }]
  })
}

resource "aws_iam_policy" "federation_token_near" {
  name        = "shop-prod-federation-token-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sts:GetCallerIdentity", "sts:DecodeAuthorizationMessage", "secretsmanager:GetRandomPassword"], Resource = "*" }]
  })
}
