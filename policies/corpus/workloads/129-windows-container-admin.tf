# The Windows container runs as its administrator.
# Source: ECS.20, https://docs.aws.amazon.com/AmazonECS/latest/developerguide/windows_task_definitions.html
# Fault at: aws_ecs_task_definition.win_fault
# Near miss at: aws_ecs_task_definition.win_near

resource "aws_ecs_task_definition" "win_fault" {
  family                   = "shop-prod-win-admin"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "1024"
  memory                   = "2048"
  runtime_platform {
    operating_system_family = "WINDOWS_SERVER_2022_CORE"
    cpu_architecture        = "X86_64"
  }
  task_role_arn      = aws_iam_role.work_task.arn
  execution_role_arn = aws_iam_role.work_exec.arn
  container_definitions = jsonencode([{
    name              = "app"
    image             = "shop-registry.internal/orders:4.2.1"
    essential         = true
    user              = "ContainerAdministrator"
    cpu               = 512
    memory            = 1024
    memoryReservation = 512
    privileged        = false
    portMappings      = [{ containerPort = 8443, protocol = "tcp" }]
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

# A read-only root file system does not exist for Windows containers.
resource "aws_ecs_task_definition" "win_near" {
  family                   = "shop-prod-win"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "1024"
  memory                   = "2048"
  runtime_platform {
    operating_system_family = "WINDOWS_SERVER_2022_CORE"
    cpu_architecture        = "X86_64"
  }
  task_role_arn      = aws_iam_role.work_task.arn
  execution_role_arn = aws_iam_role.work_exec.arn
  container_definitions = jsonencode([{
    name              = "app"
    image             = "shop-registry.internal/orders:4.2.1"
    essential         = true
    user              = "ContainerUser"
    cpu               = 512
    memory            = 1024
    memoryReservation = 512
    privileged        = false
    portMappings      = [{ containerPort = 8443, protocol = "tcp" }]
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
