# The key privileged is written in capitals, which Terraform's provider reads all the same.
# Source: ECS.4, CKV_AWS_334, https://pkg.go.dev/encoding/json#Unmarshal (keys match in any case)
# Fault at: aws_ecs_task_definition.caps_fault
# Near miss at: aws_ecs_task_definition.caps_near

resource "aws_ecs_task_definition" "caps_fault" {
  family                   = "shop-prod-caps-priv"
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
    PRIVILEGED             = true
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

resource "aws_ecs_task_definition" "caps_near" {
  family                   = "shop-prod-caps"
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
    PRIVILEGED             = false
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
