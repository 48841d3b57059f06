# The policy lets its holder run code in a sandbox that carries any role of the shop.
# Source: pathfinding.cloud bedrock-001
# Fault at: aws_iam_policy.code_interpreter_fault
# Near miss at: aws_iam_policy.code_interpreter_near

resource "aws_iam_policy" "code_interpreter_fault" {
  name        = "shop-prod-code-interpreter-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["bedrock-agentcore:CreateCodeInterpreter", "bedrock-agentcore:StartCodeInterpreterSession", "bedrock-agentcore:InvokeCodeInterpreter"], Resource = "arn:aws:bedrock-agentcore:*:*:code-interpreter-custom/shop_*" },
      { Effect = "Allow", Action = "iam:PassRole", Resource = "arn:aws:iam::*:role/shop-prod-*" },
    ]
  })
}

resource "aws_iam_policy" "code_interpreter_near" {
  name        = "shop-prod-code-interpreter-near"
  description = "What the order service does."
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["bedrock-agentcore:StartCodeInterpreterSession", "bedrock-agentcore:InvokeCodeInterpreter", "bedrock-agentcore:StopCodeInterpreterSession"], Resource = "arn:aws:bedrock-agentcore:*:aws:code-interpreter/aws.codeinterpreter.v1" },
    ]
  })
}
