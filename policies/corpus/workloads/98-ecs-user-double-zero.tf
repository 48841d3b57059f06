# The container's user is written 00, which Docker reads as the number 0, root.
# Source: ECS.20, https://docs.docker.com/reference/dockerfile/#user
# Fault at: aws_ecs_task_definition.zz_fault
# Near miss at: aws_ecs_task_definition.zz_near

resource "aws_ecs_task_definition" "zz_fault" {
  family                   = "shop-prod-zz-root"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "512"
  memory                   = "1024"
  task_role_arn            = aws_iam_role.work_task.arn
  execution_role_arn       = aws_iam_role.work_exec.arn
  container_definitions = jsonencode([{
    name                   = "app"
    image                  = "shop-registry.internal/orders:4.2.1"
    essential              = true
    user                   = "00"
    cpu                    = 512
    memory                 = 1024
    memoryReservation      = 512
    privileged             = false
    readonlyRootFilesystem = true
    portMappings           = [{ containerPort = 8443, protocol = "tcp" }]
    healthCheck = {
      command  = ["CMD", "/app/health"]
      interval = 30
      timeout  = 5
      retries  = 3
    }
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.work.name
        awslogs-region        = var.region
        awslogs-stream-prefix = "app"
      }
    }

  }])

}

resource "aws_ecs_task_definition" "zz_near" {
  family                   = "shop-prod-zz"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "512"
  memory                   = "1024"
  task_role_arn            = aws_iam_role.work_task.arn
  execution_role_arn       = aws_iam_role.work_exec.arn
  container_definitions = jsonencode([{
    name                   = "app"
    image                  = "shop-registry.internal/orders:4.2.1"
    essential              = true
    user                   = "01000"
    cpu                    = 512
    memory                 = 1024
    memoryReservation      = 512
    privileged             = false
    readonlyRootFilesystem = true
    portMappings           = [{ containerPort = 8443, protocol = "tcp" }]
    healthCheck = {
      command  = ["CMD", "/app/health"]
      interval = 30
      timeout  = 5
      retries  = 3
    }
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.work.name
        awslogs-region        = var.region
        awslogs-stream-prefix = "app"
      }
    }

  }])

}
