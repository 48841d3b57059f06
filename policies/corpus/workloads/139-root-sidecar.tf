# The first container is harmless, but the second runs as root, because it names no user.
# Source: ECS.20
# Fault at: aws_ecs_task_definition.side_fault
# Near miss at: aws_ecs_task_definition.side_near

resource "aws_ecs_task_definition" "side_fault" {
  family                   = "shop-prod-side-root"
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
    name                   = "metrics"
    image                  = "shop-registry.internal/orders-metrics:4.2.1"
    essential              = false
    memoryReservation      = 128
    memory                 = 256
    cpu                    = 64
    readonlyRootFilesystem = true
    command                = ["/app/metrics", "--once"]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.work.name
        awslogs-region        = var.region
        awslogs-stream-prefix = "metrics"
      }
    }
  }])

}

resource "aws_ecs_task_definition" "side_near" {
  family                   = "shop-prod-side"
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
    name                   = "metrics"
    image                  = "shop-registry.internal/orders-metrics:4.2.1"
    essential              = false
    user                   = "nobody"
    memoryReservation      = 128
    memory                 = 256
    cpu                    = 64
    readonlyRootFilesystem = true
    command                = ["/app/metrics", "--once"]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.work.name
        awslogs-region        = var.region
        awslogs-stream-prefix = "metrics"
      }
    }
  }])

}
