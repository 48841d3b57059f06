# A pipe starts containers with public addresses.
# Source: ECS.2, https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_AwsVpcConfiguration.html
# Fault at: aws_pipes_pipe.launch_fault
# Near miss at: aws_pipes_pipe.launch_near

resource "aws_sqs_queue" "jobs_dead_letters" {
  name              = "shop-prod-jobs-dlq"
  kms_master_key_id = aws_kms_key.shop.id
}

resource "aws_sqs_queue" "jobs" {
  name              = "shop-prod-jobs"
  kms_master_key_id = aws_kms_key.shop.id
  redrive_policy    = jsonencode({ deadLetterTargetArn = aws_sqs_queue.jobs_dead_letters.arn, maxReceiveCount = 4 })
}

resource "aws_pipes_pipe" "launch_fault" {
  name               = "shop-prod-jobs"
  role_arn           = aws_iam_role.service.arn
  source             = aws_sqs_queue.jobs.arn
  target             = aws_ecs_cluster.shop.arn
  kms_key_identifier = aws_kms_key.shop.arn

  target_parameters {
    ecs_task_parameters {
      task_definition_arn = aws_ecs_task_definition.nightly.arn
      launch_type         = "FARGATE"

      network_configuration {
        aws_vpc_configuration {
          subnets          = [aws_subnet.public_a.id]
          security_groups  = [aws_security_group.app.id]
          assign_public_ip = "ENABLED"
        }
      }
    }
  }
}

resource "aws_pipes_pipe" "launch_near" {
  name               = "shop-prod-chores"
  role_arn           = aws_iam_role.service.arn
  source             = aws_sqs_queue.jobs.arn
  target             = aws_ecs_cluster.shop.arn
  kms_key_identifier = aws_kms_key.shop.arn

  target_parameters {
    ecs_task_parameters {
      task_definition_arn = aws_ecs_task_definition.nightly.arn
      launch_type         = "FARGATE"

      network_configuration {
        aws_vpc_configuration {
          subnets          = [aws_subnet.private_a.id]
          security_groups  = [aws_security_group.app.id]
          assign_public_ip = "DISABLED"
        }
      }
    }
  }
}
