# The task talks to its EFS volume without TLS.
# Source: CKV_AWS_97, https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html
# Fault at: aws_ecs_task_definition.efstls_fault
# Near miss at: aws_ecs_task_definition.efstls_near

resource "aws_efs_file_system" "efstls" {
  encrypted  = true
  kms_key_id = aws_kms_key.work.arn
  tags       = { Name = "shop-prod-efstls" }
}

resource "aws_efs_backup_policy" "efstls" {
  file_system_id = aws_efs_file_system.efstls.id
  backup_policy { status = "ENABLED" }
}

resource "aws_efs_access_point" "efstls" {
  file_system_id = aws_efs_file_system.efstls.id
  posix_user {
    uid = 1000
    gid = 1000
  }
  root_directory {
    path = "/orders"
    creation_info {
      owner_uid   = 1000
      owner_gid   = 1000
      permissions = "0750"
    }
  }
}

resource "aws_ecs_task_definition" "efstls_fault" {
  family                   = "shop-prod-efs-plain"
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
    mountPoints = [{ sourceVolume = "data", containerPath = "/data", readOnly = false }]
  }])
  volume {
    name = "data"
    efs_volume_configuration {
      file_system_id     = aws_efs_file_system.efstls.id
      transit_encryption = "DISABLED"
    }
  }
}

resource "aws_ecs_task_definition" "efstls_near" {
  family                   = "shop-prod-efs-tls"
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
    mountPoints = [{ sourceVolume = "data", containerPath = "/data", readOnly = false }]
  }])
  volume {
    name = "data"
    efs_volume_configuration {
      file_system_id          = aws_efs_file_system.efstls.id
      transit_encryption      = "ENABLED"
      transit_encryption_port = 2999
      authorization_config {
        access_point_id = aws_efs_access_point.efstls.id
        iam             = "ENABLED"
      }
    }
  }
}
