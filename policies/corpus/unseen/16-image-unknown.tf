# A container runs an image that is known only after the apply, from a public registry and without a fixed version.
# Source: ECS best practices (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html)
# Fault at: aws_ecs_task_definition.image_unknown_fault
# Near miss at: aws_ecs_task_definition.image_unknown_near

locals {
  image_unknown = {
    name                   = "api"
    essential              = true
    cpu                    = 256
    memory                 = 512
    user                   = "10001:10001"
    readonlyRootFilesystem = true
    privileged             = false
    portMappings           = [{ containerPort = 8080, protocol = "tcp" }]
    linuxParameters        = { initProcessEnabled = true, capabilities = { drop = ["ALL"] } }
    healthCheck            = { command = ["CMD-SHELL", "wget -q -O- http://localhost:8080/health || exit 1"], interval = 30, timeout = 5, retries = 3 }
    logConfiguration = {
      logDriver = "awslogs"
      options   = { awslogs-group = aws_cloudwatch_log_group.image_unknown.name, awslogs-region = var.region, awslogs-stream-prefix = "api" }
    }
  }
}

resource "terraform_data" "image_unknown" {
  input = "docker.io/someone/api:latest"
}

resource "aws_kms_key" "image_unknown" {
  description             = "Logs"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_cloudwatch_log_group" "image_unknown" {
  name              = "shop-prod-image-unknown"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.image_unknown.arn
}

data "aws_iam_policy_document" "image_unknown" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "image_unknown" {
  name               = "shop-prod-image-unknown"
  assume_role_policy = data.aws_iam_policy_document.image_unknown.json
}

resource "aws_ecs_task_definition" "image_unknown_fault" {
  family                   = "shop-prod-image-unknown-a"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.image_unknown.arn
  task_role_arn            = aws_iam_role.image_unknown.arn
  container_definitions    = jsonencode([merge(local.image_unknown, { image = terraform_data.image_unknown.output })])
}

resource "aws_ecs_task_definition" "image_unknown_near" {
  family                   = "shop-prod-image-unknown-b"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.image_unknown.arn
  task_role_arn            = aws_iam_role.image_unknown.arn
  container_definitions    = jsonencode([merge(local.image_unknown, { image = "public.ecr.aws/docker/library/httpd:2.4.62-alpine" })])
}
