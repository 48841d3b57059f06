# The service's two subnets lie in one zone.
# Source: ECS availability, https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-configure-zone.html
# Fault at: aws_ecs_service.ecszone_fault
# Near miss at: aws_ecs_service.ecszone_near

resource "aws_ecs_service" "ecszone_fault" {
  name             = "shop-prod-ecs-aa"
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
    subnets          = [aws_subnet.work_a.id, aws_subnet.work_a2.id]
    security_groups  = [aws_security_group.work_app.id]
    assign_public_ip = false
  }

}

resource "aws_ecs_service" "ecszone_near" {
  name             = "shop-prod-ecs-ab"
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

}
