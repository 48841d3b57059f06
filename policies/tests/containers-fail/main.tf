# Each container has one fault and is named after it.
resource "aws_ecs_task_definition" "faults" {
  family = "shop-prod-faults"

  container_definitions = jsonencode([
    {
      name        = "latest"
      image       = "nginx:latest"
      user        = "101"
      memory      = 128
      healthCheck = { command = ["CMD", "true"] }
    },
    {
      name        = "untagged"
      image       = "registry.example.com:5000/nginx"
      user        = "101:101"
      memory      = 128
      healthCheck = { command = ["CMD", "true"] }
    },
    {
      name        = "nobody_said_who"
      image       = "nginx:1.29"
      memory      = 128
      healthCheck = { command = ["CMD", "true"] }
    },
    {
      name        = "root"
      image       = "nginx:1.29"
      user        = "0:0"
      memory      = 128
      healthCheck = { command = ["CMD", "true"] }
    },
    {
      name        = "unlimited"
      image       = "nginx:1.29"
      user        = "101"
      healthCheck = { command = ["CMD", "true"] }
    },
    {
      name        = "check_switched_off"
      image       = "nginx:1.29"
      user        = "101"
      memory      = 128
      healthCheck = { command = ["NONE"] }
    },
    {
      name   = "unchecked"
      image  = "nginx:1.29"
      user   = "101"
      memory = 128
    },
  ])
}

# A task with memory but without CPU does not count as limited.
resource "aws_ecs_task_definition" "half" {
  family = "shop-prod-half"
  memory = 512

  container_definitions = jsonencode([{
    name        = "half"
    image       = "nginx:1.29"
    user        = "root"
    healthCheck = { command = ["CMD", "true"] }
  }])
}

resource "aws_ecr_repository" "shop" {
  name = "shop-prod-web"
}

resource "aws_ecs_task_definition" "unknown" {
  family = "shop-prod-unknown"

  container_definitions = jsonencode([{
    name  = "web"
    image = "${aws_ecr_repository.shop.repository_url}:1.0.0"
  }])
}

resource "aws_lambda_function" "image" {
  function_name                  = "shop-prod-image"
  role                           = "arn:aws:iam::${var.account}:role/shop-prod-worker"
  package_type                   = "Image"
  image_uri                      = "${var.account}.dkr.ecr.${var.region}.amazonaws.com/web:latest"
  timeout                        = 3
  reserved_concurrent_executions = 1

  dead_letter_config {
    target_arn = "arn:aws:sqs:${var.region}:${var.account}:shop-prod-dead"
  }
}

variable "account" {
  description = "Account of the images."
  type        = string
  default     = "111122223333"
}

resource "aws_ecs_task_definition" "other_half" {
  family = "shop-prod-other-half"
  cpu    = 256

  container_definitions = jsonencode([{
    name        = "half"
    image       = "nginx:1.29"
    user        = "101"
    healthCheck = { command = ["CMD", "true"] }
  }])
}
