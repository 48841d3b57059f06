# The image has no tag, so the newest is taken; the colon in its name belongs to the registry's port.
# Source: CKV_K8S_14, https://docs.aws.amazon.com/AmazonECS/latest/bestpracticesguide/container-considerations.html
# Fault at: aws_ecs_task_definition.porttag_fault
# Near miss at: aws_ecs_task_definition.porttag_near

resource "aws_ecs_task_definition" "porttag_fault" {
  family                   = "shop-prod-porttag"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "512"
  memory                   = "1024"
  task_role_arn            = aws_iam_role.work_task.arn
  execution_role_arn       = aws_iam_role.work_exec.arn
  container_definitions = jsonencode([{
    name                   = "app"
    image                  = "registry.shop.internal:5000/shop/orders"
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

# Without a tag too, but pinned by digest, which is stronger.
resource "aws_ecs_task_definition" "porttag_near" {
  family                   = "shop-prod-portdigest"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "512"
  memory                   = "1024"
  task_role_arn            = aws_iam_role.work_task.arn
  execution_role_arn       = aws_iam_role.work_exec.arn
  container_definitions = jsonencode([{
    name                   = "app"
    image                  = "registry.shop.internal:5000/shop/orders@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
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
