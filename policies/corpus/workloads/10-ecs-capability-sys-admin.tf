# The container is not privileged, but adds the kernel capability SYS_ADMIN, which is as good.
# Source: ECS.4, https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html, Docker CIS 5.3
# Fault at: aws_ecs_task_definition.capadd_fault
# Near miss at: aws_ecs_task_definition.capadd_near

resource "aws_ecs_task_definition" "capadd_fault" {
  family                   = "shop-prod-cap-admin"
  requires_compatibilities = ["EC2"]
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
    linuxParameters = { initProcessEnabled = true, capabilities = { add = ["SYS_ADMIN"], drop = [] } }
  }])

}

# Drops everything and takes back only the right to bind a port below 1024.
resource "aws_ecs_task_definition" "capadd_near" {
  family                   = "shop-prod-cap-bind"
  requires_compatibilities = ["EC2"]
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
    linuxParameters = { initProcessEnabled = true, capabilities = { add = ["NET_BIND_SERVICE"], drop = ["ALL"] } }
  }])

}
