# A container sends its logs with a Splunk token that is written in its definition.
# Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html (secretOptions)
# Fault at: aws_ecs_task_definition.seclog_fault
# Near miss at: aws_ecs_task_definition.seclog_near

resource "aws_iam_role" "seclog_role" {
  name               = "shop-prod-seclog-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
}

resource "aws_ecs_task_definition" "seclog_fault" {
  family                   = "shop-prod-seclog-fault"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.seclog_role.arn
  task_role_arn            = aws_iam_role.seclog_role.arn

  container_definitions = jsonencode([{
    name                   = "app"
    image                  = "public.ecr.aws/docker/library/alpine:3.20"
    essential              = true
    cpu                    = 256
    memory                 = 512
    user                   = "1000"
    readonlyRootFilesystem = true
    healthCheck            = { command = ["CMD-SHELL", "true"], interval = 30, retries = 3, timeout = 5 }
    logConfiguration       = { logDriver = "splunk", options = { "splunk-url" = "https://splunk.example.com:8088", "splunk-token" = "eab763bd-4bd2-b81a-7973-c6b760f0fed2" } }
  }])
}

resource "aws_ecs_task_definition" "seclog_near" {
  family                   = "shop-prod-seclog-near"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.seclog_role.arn
  task_role_arn            = aws_iam_role.seclog_role.arn

  container_definitions = jsonencode([{
    name                   = "app"
    image                  = "public.ecr.aws/docker/library/alpine:3.20"
    essential              = true
    cpu                    = 256
    memory                 = 512
    user                   = "1000"
    readonlyRootFilesystem = true
    healthCheck            = { command = ["CMD-SHELL", "true"], interval = 30, retries = 3, timeout = 5 }
    logConfiguration       = { logDriver = "splunk", options = { "splunk-url" = "https://splunk.example.com:8088" }, secretOptions = [{ name = "splunk-token", valueFrom = "/shop-prod/splunk" }] }
  }])
}
