# The policy lets its holder put a layer of his own into every function, which runs in every function's role.
# Source: https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/ (UpdateFunctionConfiguration with a layer)
# Fault at: aws_iam_policy.any_function_layer_fault
# Near miss at: aws_iam_policy.any_function_layer_near

resource "aws_iam_policy" "any_function_layer_fault" {
  name        = "shop-prod-any-function-layer-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["lambda:PublishLayerVersion"], Resource = "arn:aws:lambda:*:*:layer:shop-prod-metrics" },
      { Effect = "Allow", Action = ["lambda:UpdateFunctionConfiguration"], Resource = "arn:aws:lambda:*:*:function:*" },
    ]
  })
}

resource "aws_iam_policy" "any_function_layer_near" {
  name        = "shop-prod-any-function-layer-near"
  description = "What the order service does."
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["lambda:PublishLayerVersion"], Resource = "arn:aws:lambda:*:*:layer:shop-prod-metrics" },
      { Effect = "Allow", Action = ["lambda:GetFunctionConfiguration"], Resource = "arn:aws:lambda:*:*:function:shop-prod-*" },
    ]
  })
}
