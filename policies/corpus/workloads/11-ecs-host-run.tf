# The task mounts the host's /run, in which the sockets of Docker and containerd lie.
# Source: Trivy AVD-KSV-0006 (docker.sock), CKV_K8S_27, https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html
# Fault at: aws_ecs_task_definition.hostrun_fault
# Near miss at: aws_ecs_task_definition.hostrun_near

resource "aws_ecs_task_definition" "hostrun_fault" {
  family                   = "shop-prod-agent-run"
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
    mountPoints = [{ sourceVolume = "run", containerPath = "/host/run", readOnly = true }]
  }])
  volume {
    name      = "run"
    host_path = "/run"
  }
}

# Model files which the host image brings along, read only.
resource "aws_ecs_task_definition" "hostrun_near" {
  family                   = "shop-prod-agent-models"
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
    mountPoints = [{ sourceVolume = "models", containerPath = "/models", readOnly = true }]
  }])
  volume {
    name      = "models"
    host_path = "/opt/shop/models"
  }
}
