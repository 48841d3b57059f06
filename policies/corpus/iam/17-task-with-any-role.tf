# The policy lets its holder run a container in any role, because one of three roles is a wildcard.
# Source: pathfinding.cloud ecs-004
# Fault at: aws_iam_policy.task_with_any_role_fault
# Near miss at: aws_iam_policy.task_with_any_role_near

resource "aws_iam_role" "task_app" {
  name = "shop-prod-task-app"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role" "task_boot" {
  name = "shop-prod-task-boot"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "task_with_any_role_fault" {
  statement {
    actions   = ["ecs:RegisterTaskDefinition", "ecs:RunTask"]
    resources = ["*"]
  }
  statement {
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.task_app.arn, aws_iam_role.task_boot.arn, "arn:aws:iam::*:role/*"]
  }
}

resource "aws_iam_policy" "task_with_any_role_fault" {
  name   = "shop-prod-task-with-any-role-fault"
  policy = data.aws_iam_policy_document.task_with_any_role_fault.json
}

data "aws_iam_policy_document" "task_with_any_role_near" {
  statement {
    actions   = ["ecs:ListTaskDefinitions", "ecs:DescribeTaskDefinition"]
    resources = ["*"]
  }
  statement {
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.task_app.arn, aws_iam_role.task_boot.arn]
    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_policy" "task_with_any_role_near" {
  name   = "shop-prod-task-with-any-role-near"
  policy = data.aws_iam_policy_document.task_with_any_role_near.json
}
