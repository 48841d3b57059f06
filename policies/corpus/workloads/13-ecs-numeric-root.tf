# The container runs as user 0 with a group of its own, so it is root.
# Source: ECS.20, https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
# Fault at: aws_ecs_task_definition.uid_fault
# Near miss at: aws_ecs_task_definition.uid_near

resource "aws_ecs_task_definition" "uid_fault" {
  family                   = "shop-prod-uid0"
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
    user                   = "0:1000"
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

# A user of its own in group 0, as images made for arbitrary users want it.
resource "aws_ecs_task_definition" "uid_near" {
  family                   = "shop-prod-gid0"
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
    user                   = "1000:0"
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
