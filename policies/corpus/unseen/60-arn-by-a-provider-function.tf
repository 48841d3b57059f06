# The ARN of the administrator's policy is built by a function of the provider.
# Source: CKV_AWS_274
# Fault at: aws_iam_role_policy_attachment.arn_build_fault
# Near miss at: aws_iam_role_policy_attachment.arn_build_near

data "aws_iam_policy_document" "arn_build" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

data "aws_partition" "arn_build" {}

resource "aws_iam_role" "arn_build" {
  name               = "shop-prod-arn-build"
  assume_role_policy = data.aws_iam_policy_document.arn_build.json
}

resource "aws_iam_role_policy_attachment" "arn_build_fault" {
  role       = aws_iam_role.arn_build.name
  policy_arn = provider::aws::arn_build(data.aws_partition.arn_build.partition, "iam", "", "aws", "policy/AdministratorAccess")
}

resource "aws_iam_role_policy_attachment" "arn_build_near" {
  role       = aws_iam_role.arn_build.name
  policy_arn = provider::aws::arn_build(data.aws_partition.arn_build.partition, "iam", "", "aws", "policy/service-role/AmazonECSTaskExecutionRolePolicy")
}
