# The policy lets its holder run commands of his own in every build project's role.
# Source: pathfinding.cloud codebuild-002
# Fault at: aws_iam_policy.any_build_fault
# Near miss at: aws_iam_policy.any_build_near

resource "aws_iam_policy" "any_build_fault" {
  name        = "shop-prod-any-build-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["codebuild:StartBuild", "codebuild:StartBuildBatch", "codebuild:BatchGetBuilds"], Resource = "arn:aws:codebuild:*:*:project/*" }]
  })
}

resource "aws_iam_policy" "any_build_near" {
  name        = "shop-prod-any-build-near"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["codebuild:BatchGetBuilds", "codebuild:BatchGetProjects", "codebuild:StopBuild"], Resource = "arn:aws:codebuild:*:*:project/*" }]
  })
}
