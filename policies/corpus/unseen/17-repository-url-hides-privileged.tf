# The address of the image repository makes the container definition unknown, and behind it the container is privileged and runs as root.
# Source: CKV_AWS_334, ECS.4, ECS.5
# Fault at: aws_ecs_task_definition.repo_url_fault
# Near miss at: aws_ecs_task_definition.repo_url_near

resource "aws_kms_key" "repo_url" {
  description             = "Images"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_ecr_repository" "repo_url" {
  name                 = "shop-prod-repo-url"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.repo_url.arn
  }
}

data "aws_iam_policy_document" "repo_url" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "repo_url" {
  name               = "shop-prod-repo-url"
  assume_role_policy = data.aws_iam_policy_document.repo_url.json
}

resource "aws_ecs_task_definition" "repo_url_fault" {
  family                   = "shop-prod-repo-url-a"
  requires_compatibilities = ["EC2"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.repo_url.arn
  task_role_arn            = aws_iam_role.repo_url.arn

  container_definitions = jsonencode([{
    name         = "api"
    image        = "${aws_ecr_repository.repo_url.repository_url}:1.4.2"
    essential    = true
    cpu          = 256
    memory       = 512
    user         = "root"
    privileged   = true
    portMappings = [{ containerPort = 8080, protocol = "tcp" }]
    environment  = [{ name = "DB_PASSWORD", value = "Winter-2024-shop" }]
  }])
}

resource "aws_ecs_task_definition" "repo_url_near" {
  family                   = "shop-prod-repo-url-b"
  requires_compatibilities = ["EC2"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.repo_url.arn
  task_role_arn            = aws_iam_role.repo_url.arn

  container_definitions = jsonencode([{
    name                   = "api"
    image                  = "${aws_ecr_repository.repo_url.repository_url}:1.4.2"
    essential              = true
    cpu                    = 256
    memory                 = 512
    user                   = "10001:10001"
    readonlyRootFilesystem = true
    privileged             = false
    portMappings           = [{ containerPort = 8080, protocol = "tcp" }]
    healthCheck            = { command = ["CMD-SHELL", "wget -q -O- http://localhost:8080/health || exit 1"] }
    logConfiguration       = { logDriver = "awslogs", options = { awslogs-group = "shop-prod-api", awslogs-region = var.region, awslogs-stream-prefix = "api" } }
  }])
}
