# The tasks of a container service get public addresses.
# Source: ECS.2, CKV_AWS_333
# Fault at: aws_ecs_service.public_fault
# Near miss at: aws_ecs_service.public_near

resource "aws_ecs_cluster" "shop" {
  name = "shop-prod-cluster"
}

resource "aws_ecs_service" "public_fault" {
  name            = "shop-prod-orders"
  cluster         = aws_ecs_cluster.shop.id
  task_definition = "shop-prod-orders:7"
  desired_count   = 2
  launch_type     = "FARGATE"

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = [aws_subnet.public_a.id, aws_subnet.public_b.id]
    security_groups  = [aws_security_group.app.id]
    assign_public_ip = true
  }
}

resource "aws_ecs_service" "public_near" {
  name            = "shop-prod-public-site"
  cluster         = aws_ecs_cluster.shop.id
  task_definition = "shop-prod-public-site:7"
  desired_count   = 2
  launch_type     = "FARGATE"

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = [aws_subnet.private_a.id, aws_subnet.private_b.id]
    security_groups  = [aws_security_group.app.id]
    assign_public_ip = false
  }
}
