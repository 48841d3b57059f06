# A deployment whose tasks keep failing goes on for ever instead of being rolled back.
# Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
# Fault at: aws_ecs_service.cb_fault
# Near miss at: aws_ecs_service.cb_near

resource "aws_ecs_service" "cb_fault" {
  name             = "shop-prod-cb-none"
  cluster          = aws_ecs_cluster.work.id
  task_definition  = aws_ecs_task_definition.svc.arn
  desired_count    = 4
  platform_version = "LATEST"
  propagate_tags   = "SERVICE"
  launch_type      = "FARGATE"
  network_configuration {
    subnets          = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    security_groups  = [aws_security_group.work_app.id]
    assign_public_ip = false
  }

}

# CodeDeploy rolls back; with it ECS allows no circuit breaker.
resource "aws_ecs_service" "cb_near" {
  name             = "shop-prod-cb-codedeploy"
  cluster          = aws_ecs_cluster.work.id
  task_definition  = aws_ecs_task_definition.svc.arn
  desired_count    = 4
  platform_version = "LATEST"
  propagate_tags   = "SERVICE"
  launch_type      = "FARGATE"
  network_configuration {
    subnets          = [aws_subnet.work_a.id, aws_subnet.work_b.id]
    security_groups  = [aws_security_group.work_app.id]
    assign_public_ip = false
  }
  deployment_controller { type = "CODE_DEPLOY" }
  load_balancer {
    target_group_arn = aws_lb_target_group.cb.arn
    container_name   = "app"
    container_port   = 8443
  }
}

resource "aws_lb_target_group" "cb" {
  name        = "shop-prod-cb"
  port        = 8443
  protocol    = "HTTPS"
  target_type = "ip"
  vpc_id      = aws_vpc.work.id
  health_check {
    path     = "/healthz"
    protocol = "HTTPS"
    matcher  = "200"
  }
}
