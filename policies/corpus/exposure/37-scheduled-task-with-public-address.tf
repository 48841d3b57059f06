# A scheduled container task gets a public address, hidden in the rule's target and in a schedule.
# Source: ECS.2, https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_AwsVpcConfiguration.html
# Fault at: aws_cloudwatch_event_target.task_fault
# Fault at: aws_scheduler_schedule.task_fault
# Near miss at: aws_cloudwatch_event_target.task_near

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "shop-prod-nightly"
  schedule_expression = "cron(0 3 * * ? *)"
}

resource "aws_sqs_queue" "task_dead_letters" {
  name                      = "shop-prod-task-dlq"
  kms_master_key_id         = aws_kms_key.shop.id
  message_retention_seconds = 1209600
}

resource "aws_ecs_task_definition" "nightly" {
  family                   = "shop-prod-nightly"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.service.arn
  container_definitions = jsonencode([{
    name                   = "nightly"
    image                  = "public.ecr.aws/docker/library/alpine:3.20.3"
    essential              = true
    user                   = "1000"
    readonlyRootFilesystem = true
    healthCheck            = { command = ["CMD-SHELL", "true"] }
  }])
}

resource "aws_cloudwatch_event_target" "task_fault" {
  rule     = aws_cloudwatch_event_rule.nightly.name
  arn      = aws_ecs_cluster.shop.arn
  role_arn = aws_iam_role.service.arn

  dead_letter_config {
    arn = aws_sqs_queue.task_dead_letters.arn
  }

  ecs_target {
    task_definition_arn = aws_ecs_task_definition.nightly.arn
    launch_type         = "FARGATE"

    network_configuration {
      subnets          = [aws_subnet.public_a.id]
      security_groups  = [aws_security_group.app.id]
      assign_public_ip = true
    }
  }
}

resource "aws_scheduler_schedule" "task_fault" {
  name                = "shop-prod-hourly"
  schedule_expression = "rate(1 hour)"
  kms_key_arn         = aws_kms_key.shop.arn

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_ecs_cluster.shop.arn
    role_arn = aws_iam_role.service.arn

    dead_letter_config {
      arn = aws_sqs_queue.task_dead_letters.arn
    }

    ecs_parameters {
      task_definition_arn = aws_ecs_task_definition.nightly.arn
      launch_type         = "FARGATE"

      network_configuration {
        subnets          = [aws_subnet.public_a.id]
        security_groups  = [aws_security_group.app.id]
        assign_public_ip = true
      }
    }
  }
}

resource "aws_cloudwatch_event_target" "task_near" {
  rule     = aws_cloudwatch_event_rule.nightly.name
  arn      = aws_ecs_cluster.shop.arn
  role_arn = aws_iam_role.service.arn

  dead_letter_config {
    arn = aws_sqs_queue.task_dead_letters.arn
  }

  ecs_target {
    task_definition_arn = aws_ecs_task_definition.nightly.arn
    launch_type         = "FARGATE"

    network_configuration {
      subnets         = [aws_subnet.private_a.id]
      security_groups = [aws_security_group.app.id]
    }
  }
}
