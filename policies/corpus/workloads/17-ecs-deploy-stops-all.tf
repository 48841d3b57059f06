# Each deployment stops all tasks before it starts new ones.
# Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html
# Fault at: aws_ecs_service.minzero_fault
# Near miss at: aws_ecs_service.minzero_near

resource "aws_ecs_service" "minzero_fault" {
  name             = "shop-prod-minzero"
  cluster          = aws_ecs_cluster.work.id
  task_definition  = aws_ecs_task_definition.svc.arn
  desired_count    = 4
  platform_version = "LATEST"
  propagate_tags   = "SERVICE"
  launch_type      = "FARGATE"
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets          = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    security_groups  = [aws_security_group.work_app.id]
    assign_public_ip = false
  }
  deployment_minimum_healthy_percent = 0
  deployment_maximum_percent         = 100
}

# Half of four tasks stay, and no more than four ever run.
resource "aws_ecs_service" "minzero_near" {
  name             = "shop-prod-minhalf"
  cluster          = aws_ecs_cluster.work.id
  task_definition  = aws_ecs_task_definition.svc.arn
  desired_count    = 4
  platform_version = "LATEST"
  propagate_tags   = "SERVICE"
  launch_type      = "FARGATE"
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets          = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    security_groups  = [aws_security_group.work_app.id]
    assign_public_ip = false
  }
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100
}
