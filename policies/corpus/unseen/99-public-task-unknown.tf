# Whether the tasks of a service get public addresses is known only after the apply.
# Source: CKV_AWS_333, ECS.2
# Fault at: aws_ecs_service.task_ip_fault
# Near miss at: aws_ecs_service.task_ip_near

resource "terraform_data" "task_ip" {
  input = true
}

module "task_ip" {
  source = "./modules/sg"
  name   = "shop-prod-task-ip"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_subnet" "task_ip" {
  count      = 2
  vpc_id     = "vpc-0a1b2c3d4e5f60718"
  cidr_block = "10.99.${count.index}.0/24"

  tags = { Name = "shop-prod-task-ip-${count.index}" }
}

resource "aws_ecs_service" "task_ip_fault" {
  cluster         = "shop-prod"
  task_definition = "shop-prod-api:7"
  launch_type     = "FARGATE"
  desired_count   = 2

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  name = "shop-prod-task-ip-a"

  network_configuration {
    subnets          = aws_subnet.task_ip[*].id
    security_groups  = [module.task_ip.id]
    assign_public_ip = terraform_data.task_ip.output
  }
}

resource "aws_ecs_service" "task_ip_near" {
  cluster         = "shop-prod"
  task_definition = "shop-prod-api:7"
  launch_type     = "FARGATE"
  desired_count   = 2

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  name = "shop-prod-task-ip-b"

  network_configuration {
    subnets          = aws_subnet.task_ip[*].id
    security_groups  = flatten([[module.task_ip.id], []])
    assign_public_ip = length(aws_subnet.task_ip) > 2
  }
}
