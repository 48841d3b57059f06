# A database password is part of a URL in the container's environment.
# Source: ECS.8, Prowler ecs_task_definitions_no_environment_secrets
# Fault at: aws_ecs_task_definition.dburl_fault
# Near miss at: aws_ecs_task_definition.dburl_near

resource "aws_ecs_task_definition" "dburl_fault" {
  family                   = "shop-prod-dburl"
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
    environment = [{ name = "DATABASE_URL", value = "postgresql://orders:Wn7kd93LqPz0vYt@db.shop.internal:5432/orders?sslmode=verify-full" }]
  }])

}

# The URL names only the user; the password comes from Secrets Manager.
resource "aws_secretsmanager_secret" "dburl" {
  name       = "shop-prod-dburl"
  kms_key_id = aws_kms_key.work.arn
}

resource "aws_ecs_task_definition" "dburl_near" {
  family                   = "shop-prod-dburl-secret"
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
    environment = [{ name = "DATABASE_URL", value = "postgresql://orders@db.shop.internal:5432/orders?sslmode=verify-full" }]
    secrets     = [{ name = "PGPASSWORD", valueFrom = aws_secretsmanager_secret.dburl.arn }]
  }])

}
