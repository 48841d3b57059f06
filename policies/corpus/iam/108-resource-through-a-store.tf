# The role that may be passed comes out of a helper resource, which hides until the apply that it is any.
# Source: pathfinding.cloud ec2-001
# Fault at: aws_iam_policy.resource_through_a_store_fault
# Near miss at: aws_iam_policy.resource_through_a_store_near

resource "aws_iam_role" "passed_worker" {
  name = "shop-prod-passed-worker"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "terraform_data" "passed" {
  input = "*"
}

data "aws_iam_policy_document" "resource_through_a_store_fault" {
  statement {
    actions   = ["iam:PassRole"]
    resources = [terraform_data.passed.output]
  }
}

resource "aws_iam_policy" "resource_through_a_store_fault" {
  name   = "shop-prod-resource-through-a-store-fault"
  policy = data.aws_iam_policy_document.resource_through_a_store_fault.json
}

data "aws_iam_policy_document" "resource_through_a_store_near" {
  statement {
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.passed_worker.arn]
  }
}

resource "aws_iam_policy" "resource_through_a_store_near" {
  name   = "shop-prod-resource-through-a-store-near"
  policy = data.aws_iam_policy_document.resource_through_a_store_near.json
}
