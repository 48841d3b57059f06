# The task mounts its file system without encryption on the wire.
# Source: CKV_AWS_97, ECS.17
# Fault at: aws_ecs_task_definition.mount_fault
# Near miss at: aws_ecs_task_definition.mount_near

resource "aws_kms_key" "mount" {
  description         = "Files of tasks"
  enable_key_rotation = true
}

resource "aws_iam_role" "mount" {
  name = "shop-prod-mount-tasks"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
    }]
  })
}

resource "aws_efs_file_system" "mount" {
  creation_token = "shop-prod-task-files"
  encrypted      = true
  kms_key_id     = aws_kms_key.mount.arn
}

resource "aws_efs_access_point" "mount" {
  file_system_id = aws_efs_file_system.mount.id
  posix_user {
    uid = 1000
    gid = 1000
  }
  root_directory {
    path = "/files"
  }
}

locals {
  mount_container = {
    name                   = "files"
    image                  = "public.ecr.aws/docker/library/nginx:1.27.2"
    essential              = true
    user                   = "1000:1000"
    readonlyRootFilesystem = true
    cpu                    = 256
    memory                 = 512
    mountPoints            = [{ sourceVolume = "files", containerPath = "/files", readOnly = false }]
    healthCheck            = { command = ["CMD-SHELL", "wget -q -O /dev/null http://localhost:8080/ || exit 1"], interval = 30, timeout = 5, retries = 3 }
    logConfiguration = {
      logDriver = "awslogs"
      options   = { "awslogs-group" = "/shop/prod/files", "awslogs-region" = var.region, "awslogs-stream-prefix" = "files" }
    }
  }
}

resource "aws_ecs_task_definition" "mount_fault" {
  family                   = "shop-prod-files"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "256"
  memory                   = "512"
  execution_role_arn       = aws_iam_role.mount.arn
  container_definitions    = jsonencode([local.mount_container])

  volume {
    name = "files"
    efs_volume_configuration {
      file_system_id = aws_efs_file_system.mount.id
      root_directory = "/files"
    }
  }
}

resource "aws_ecs_task_definition" "mount_near" {
  family                   = "shop-prod-files-tls"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "256"
  memory                   = "512"
  execution_role_arn       = aws_iam_role.mount.arn
  container_definitions    = jsonencode([local.mount_container])

  volume {
    name = "files"
    efs_volume_configuration {
      file_system_id          = aws_efs_file_system.mount.id
      transit_encryption      = "ENABLED"
      transit_encryption_port = 2999
      authorization_config {
        access_point_id = aws_efs_access_point.mount.id
        iam             = "ENABLED"
      }
    }
  }

  # A volume of the task itself has no such setting.
  volume {
    name = "scratch"
  }
}
