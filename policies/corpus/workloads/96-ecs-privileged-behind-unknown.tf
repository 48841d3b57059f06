# A privileged container hides in a definition which Terraform can only show after the apply, because it names the ARN of a new secret.
# Source: ECS.4, CKV_AWS_334
# Fault at: aws_ecs_task_definition.hidden_fault
# Near miss at: aws_ecs_task_definition.hidden_near

resource "aws_ecs_task_definition" "hidden_fault" {
  family                   = "shop-prod-hidden"
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
    privileged             = true
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
    secrets = [{ name = "PGPASSWORD", valueFrom = aws_secretsmanager_secret.dburl.arn }]
  }])

}

# Names the parameter by its name, so that the whole definition is in the plan.
resource "aws_ecs_task_definition" "hidden_near" {
  family                   = "shop-prod-seen"
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
    secrets = [{ name = "PGPASSWORD", valueFrom = "/shop-prod/db-password" }]
  }])

}
