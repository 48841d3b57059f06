# The policy lets its holder run a pipeline with commands of his own in any role.
# Source: pathfinding.cloud datapipeline-001
# Fault at: aws_iam_policy.data_pipeline_fault
# Near miss at: aws_iam_policy.data_pipeline_near

resource "aws_iam_policy" "data_pipeline_fault" {
  name        = "shop-prod-data-pipeline-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition", "datapipeline:ActivatePipeline"], Resource = "*" },
      { Effect = "Allow", Action = "iam:Pass*", Resource = "*" },
    ]
  })
}

resource "aws_iam_policy" "data_pipeline_near" {
  name        = "shop-prod-data-pipeline-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["datapipeline:DescribePipelines", "datapipeline:GetPipelineDefinition", "datapipeline:ListPipelines"], Resource = "*" }]
  })
}
