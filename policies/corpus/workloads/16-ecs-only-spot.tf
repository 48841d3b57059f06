# Every task of the production service runs on Fargate Spot and can be taken away at any time.
# Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
# Warns: the approvers decide
# Fault at: aws_ecs_service.fgspot_fault
# Near miss at: aws_ecs_service.fgspot_near

resource "aws_ecs_task_definition" "svc" {
  family                   = "shop-prod-svc"
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

  }])

}

resource "aws_ecs_service" "fgspot_fault" {
  name             = "shop-prod-fgspot"
  cluster          = aws_ecs_cluster.work.id
  task_definition  = aws_ecs_task_definition.svc.arn
  desired_count    = 4
  platform_version = "LATEST"
  propagate_tags   = "SERVICE"

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets          = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    security_groups  = [aws_security_group.work_app.id]
    assign_public_ip = false
  }
  capacity_provider_strategy {
    capacity_provider = "FARGATE_SPOT"
    weight            = 1
  }
}

# Two tasks always run on ordinary Fargate; only the rest is spot.
resource "aws_ecs_service" "fgspot_near" {
  name             = "shop-prod-fgmix"
  cluster          = aws_ecs_cluster.work.id
  task_definition  = aws_ecs_task_definition.svc.arn
  desired_count    = 4
  platform_version = "LATEST"
  propagate_tags   = "SERVICE"

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets          = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    security_groups  = [aws_security_group.work_app.id]
    assign_public_ip = false
  }
  capacity_provider_strategy {
    capacity_provider = "FARGATE"
    base              = 2
    weight            = 1
  }
  capacity_provider_strategy {
    capacity_provider = "FARGATE_SPOT"
    weight            = 3
  }
}
