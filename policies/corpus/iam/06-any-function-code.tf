# The policy lets its holder replace the code of every function, and so use every function's role.
# Source: pathfinding.cloud lambda-003, https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
# Fault at: aws_iam_policy.any_function_code_fault
# Near miss at: aws_iam_policy.any_function_code_near

resource "aws_iam_policy" "any_function_code_fault" {
  name        = "shop-prod-any-function-code-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "lambda:UpdateFunctionCode", Resource = "arn:aws:lambda:*:*:function:*" }]
  })
}

resource "aws_iam_policy" "any_function_code_near" {
  name        = "shop-prod-any-function-code-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "lambda:UpdateFunctionCode", Resource = "arn:aws:lambda:*:*:function:shop-prod-orders" }]
  })
}
