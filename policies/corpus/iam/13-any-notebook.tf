# The policy lets its holder open every notebook, and with it the notebook's role.
# Source: pathfinding.cloud sagemaker-004
# Fault at: aws_iam_policy.any_notebook_fault
# Near miss at: aws_iam_policy.any_notebook_near

resource "aws_iam_policy" "any_notebook_fault" {
  name        = "shop-prod-any-notebook-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sagemaker:DescribeNotebookInstance", "sagemaker:CreatePresignedNotebookInstanceUrl"], Resource = "arn:aws:sagemaker:*:*:notebook-instance/*" }]
  })
}

resource "aws_iam_policy" "any_notebook_near" {
  name        = "shop-prod-any-notebook-near"
  description = "What the order service does."
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["sagemaker:ListNotebookInstances", "sagemaker:ListEndpoints"], Resource = "*" },
      { Effect = "Allow", Action = ["sagemaker:InvokeEndpoint"], Resource = "arn:aws:sagemaker:*:*:endpoint/shop-prod-*" },
    ]
  })
}
