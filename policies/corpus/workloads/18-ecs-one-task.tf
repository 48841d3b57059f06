# The service runs as one single task and nothing scales it.
# Source: https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_multiaz_region_system.html
# Warns: the approvers decide
# Fault at: aws_ecs_service.onetask_fault
# Near miss at: aws_ecs_service.onetask_near

resource "aws_ecs_service" "onetask_fault" {
  name             = "shop-prod-onetask"
  cluster          = aws_ecs_cluster.work.id
  task_definition  = aws_ecs_task_definition.svc.arn
  desired_count    = 1
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

# Starts with one task too, but autoscaling keeps at least three.
resource "aws_ecs_service" "onetask_near" {
  name             = "shop-prod-onescaled"
  cluster          = aws_ecs_cluster.work.id
  task_definition  = aws_ecs_task_definition.svc.arn
  desired_count    = 1
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
  lifecycle {
    ignore_changes = [desired_count]
  }
}

resource "aws_appautoscaling_target" "onetask" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.work.name}/${aws_ecs_service.onetask_near.name}"
  min_capacity       = 3
  max_capacity       = 9
}
