# A container has a GitHub token in its environment.
# Source: AVD-AWS-0036; ECS.8
# Fault at: aws_ecs_task_definition.sececs_fault
# Near miss at: aws_ecs_task_definition.sececs_near

resource "aws_iam_role" "sececs_role" {
  name               = "shop-prod-sececs-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_ecs_task_definition" "sececs_fault" {
  family                   = "shop-prod-sececs-fault"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.sececs_role.arn
  task_role_arn            = aws_iam_role.sececs_role.arn

  container_definitions = jsonencode([{
    name                   = "app"
    image                  = "public.ecr.aws/docker/library/alpine:3.20"
    essential              = true
    cpu                    = 256
    memory                 = 512
    user                   = "1000"
    readonlyRootFilesystem = true
    healthCheck            = { command = ["CMD-SHELL", "true"], interval = 30, retries = 3, timeout = 5 }
    environment            = [{ name = "SOURCE", value = "https://oauth2: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@github.com/shop/config.git" }]
    logConfiguration       = { logDriver = "awslogs", options = { "awslogs-group" = "/shop-prod/sececs", "awslogs-region" = var.region, "awslogs-stream-prefix" = "app" } }
  }])
}

resource "aws_ecs_task_definition" "sececs_near" {
  family                   = "shop-prod-sececs-near"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.sececs_role.arn
  task_role_arn            = aws_iam_role.sececs_role.arn

  container_definitions = jsonencode([{
    name                   = "app"
    image                  = "public.ecr.aws/docker/library/alpine:3.20"
    essential              = true
    cpu                    = 256
    memory                 = 512
    user                   = "1000"
    readonlyRootFilesystem = true
    healthCheck            = { command = ["CMD-SHELL", "true"], interval = 30, retries = 3, timeout = 5 }
    environment            = [{ name = "SOURCE", value = "https://git@github.com/shop/config.git" }]
    secrets                = [{ name = "GITHUB_TOKEN", valueFrom = "/shop-prod/github-token" }]
    logConfiguration       = { logDriver = "awslogs", options = { "awslogs-group" = "/shop-prod/sececs", "awslogs-region" = var.region, "awslogs-stream-prefix" = "app" } }
  }])
}
