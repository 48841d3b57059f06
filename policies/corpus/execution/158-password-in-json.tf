# Containers and jobs have readable passwords inside JSON.
# Source: ECS.8; AVD-AWS-0036
# Fault at: aws_ecs_task_definition.secjson_fault
# Fault at: aws_batch_job_definition.secjson_fault
# Fault at: aws_ssm_parameter.secjson_fault
# Near miss at: aws_batch_job_definition.secjson_near

resource "aws_iam_role" "secjson_role" {
  name               = "shop-prod-secjson-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_ecs_task_definition" "secjson_fault" {
  family                   = "shop-prod-secjson-fault"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.secjson_role.arn
  task_role_arn            = aws_iam_role.secjson_role.arn

  container_definitions = jsonencode([{
    name                   = "app"
    image                  = "public.ecr.aws/docker/library/alpine:3.20"
    essential              = true
    cpu                    = 256
    memory                 = 512
    user                   = "1000"
    readonlyRootFilesystem = true
    healthCheck            = { command = ["CMD-SHELL", "true"], interval = 30, retries = 3, timeout = 5 }
    environment            = [{ name = "MYSQL_ROOT_PASSWORD", value = "Sommer2024" }]
    logConfiguration       = { logDriver = "awslogs", options = { "awslogs-group" = "/shop-prod/secjson", "awslogs-region" = var.region, "awslogs-stream-prefix" = "app" } }
  }])
}

resource "aws_batch_job_definition" "secjson_fault" {
  name                  = "shop-prod-secjson-fault"
  type                  = "container"
  platform_capabilities = ["FARGATE"]

  container_properties = jsonencode({
    image                  = "public.ecr.aws/docker/library/python:3.13.1"
    command                = ["python", "-m", "shop.export", "--user", "shop", "--password", "Sommer2024"]
    user                   = "1000"
    readonlyRootFilesystem = true
    resourceRequirements   = [{ type = "VCPU", value = "0.25" }, { type = "MEMORY", value = "512" }]
  })
}

resource "aws_ssm_parameter" "secjson_fault" {
  name  = "/shop-prod/secjson"
  type  = "String"
  value = jsonencode({ db = { host = "db.shop.internal", user = "shop", password = "Sommer2024" } })
}

resource "aws_batch_job_definition" "secjson_near" {
  name                  = "shop-prod-secjson-near"
  type                  = "container"
  platform_capabilities = ["FARGATE"]

  container_properties = jsonencode({
    image                  = "public.ecr.aws/docker/library/python:3.13.1"
    command                = ["python", "-m", "shop.export", "--user", "shop", "--password-stdin", "--table", "Ref::table"]
    user                   = "1000"
    readonlyRootFilesystem = true
    environment            = [{ name = "PASSWORD_FILE", value = "/run/secrets/db" }]
    resourceRequirements   = [{ type = "VCPU", value = "0.25" }, { type = "MEMORY", value = "512" }]
  })
}
