# The policy lets its holder read every secret, with a pattern that is not a lone star.
# Source: CKV_AWS_108
# Fault at: aws_iam_policy.secret_of_everybody_fault
# Near miss at: aws_iam_policy.secret_of_everybody_near

resource "aws_iam_policy" "secret_of_everybody_fault" {
  name        = "shop-prod-secret-of-everybody-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["secretsmanager:GetSecretValue", "ssm:GetParametersByPath"], Resource = ["arn:aws:secretsmanager:*:*:secret:?*-??????", "arn:aws:ssm:*:*:parameter/?*"] }]
  })
}

resource "aws_iam_policy" "secret_of_everybody_near" {
  name        = "shop-prod-secret-of-everybody-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["secretsmanager:GetSecretValue", "ssm:GetParametersByPath"], Resource = ["arn:aws:secretsmanager:*:*:secret:shop-prod-orders-??????", "arn:aws:ssm:*:*:parameter/shop-prod/orders/*"] }]
  })
}
