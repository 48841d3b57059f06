variable "account" {
  description = "Account of the images."
  type        = string
  default     = "111122223333"
}

resource "aws_ecs_task_definition" "web" {
  family = "shop-prod-web"

  container_definitions = jsonencode([
    {
      name        = "web"
      image       = "registry.example.com:5000/web:1.29.1"
      user        = "101:101"
      memory      = 128
      healthCheck = { command = ["CMD", "curl", "-f", "http://localhost/"] }
    },
    # A container that is not essential needs no health check.
    {
      name      = "migrate"
      image     = "${var.account}.dkr.ecr.${var.region}.amazonaws.com/web@sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
      user      = "migrator"
      memory    = 64
      essential = false
    },
  ])
}

resource "aws_ecs_task_definition" "fargate" {
  family = "shop-prod-fargate"
  cpu    = 256
  memory = 512

  container_definitions = jsonencode([{
    name        = "web"
    image       = "web:1.29.1"
    user        = "101"
    healthCheck = { command = ["CMD", "true"] }
  }])
}

resource "aws_lambda_function" "image" {
  function_name                  = "shop-prod-image"
  role                           = "arn:aws:iam::${var.account}:role/shop-prod-worker"
  package_type                   = "Image"
  image_uri                      = "${var.account}.dkr.ecr.${var.region}.amazonaws.com/web:1.0.0"
  timeout                        = 3
  reserved_concurrent_executions = 1

  dead_letter_config {
    target_arn = "arn:aws:sqs:${var.region}:${var.account}:shop-prod-dead"
  }
}
