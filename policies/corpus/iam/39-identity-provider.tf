# The policy lets its holder replace the certificate of the company's identity provider and sign in as anybody.
# Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html
# Fault at: aws_iam_policy.identity_provider_fault
# Near miss at: aws_iam_policy.identity_provider_near

resource "aws_iam_policy" "identity_provider_fault" {
  name        = "shop-prod-identity-provider-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:GetSAMLProvider", "iam:UpdateSAMLProvider", "iam:CreateOpenIDConnectProvider"], Resource = "*" }]
  })
}

resource "aws_iam_policy" "identity_provider_near" {
  name        = "shop-prod-identity-provider-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:ListSAMLProviders", "iam:ListOpenIDConnectProviders"], Resource = "*" }, { Effect = "Allow", Action = ["iam:GetSAMLProvider"], Resource = "arn:aws:iam::*:saml-provider/shop-prod-company" }]
  })
}
