# The container that serves the shop has no health check, so a hanging one is never replaced.
# Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html
# Fault at: aws_ecs_task_definition.hc_fault
# Near miss at: aws_ecs_task_definition.hc_near

resource "aws_ecs_task_definition" "hc_fault" {
  family                   = "shop-prod-hc-none"
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
    user                   = "1000:1000"
    cpu                    = 512
    memory                 = 1024
    memoryReservation      = 512
    privileged             = false
    readonlyRootFilesystem = true
    portMappings           = [{ containerPort = 8443, protocol = "tcp" }]
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

# The second container runs once and ends, so that there is nothing to check.
resource "aws_ecs_task_definition" "hc_near" {
  family                   = "shop-prod-hc"
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
    user                   = "1000:1000"
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

    }, {
    name                   = "migrate"
    image                  = "shop-registry.internal/orders-migrate:4.2.1"
    essential              = false
    user                   = "1000:1000"
    memoryReservation      = 128
    memory                 = 256
    cpu                    = 64
    readonlyRootFilesystem = true
    command                = ["/app/migrate", "--once"]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.work.name
        awslogs-region        = var.region
        awslogs-stream-prefix = "migrate"
      }
    }
  }])

}
