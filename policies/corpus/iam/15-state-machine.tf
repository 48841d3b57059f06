# The policy lets its holder create a state machine that calls AWS in any role.
# Source: Prowler iam_policy_allows_privilege_escalation (iam:PassRole + states:CreateStateMachine)
# Fault at: aws_iam_policy.state_machine_fault
# Near miss at: aws_iam_policy.state_machine_near

resource "aws_iam_policy" "state_machine_fault" {
  name        = "shop-prod-state-machine-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["states:CreateStateMachine", "states:StartExecution", "iam:PassRole"], Resource = ["arn:aws:states:*:*:stateMachine:*", "arn:aws:iam::*:role/*"] }]
  })
}

resource "aws_iam_policy" "state_machine_near" {
  name        = "shop-prod-state-machine-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["states:StartExecution", "states:DescribeStateMachine"], Resource = ["arn:aws:states:*:*:stateMachine:shop-prod-checkout"] }]
  })
}
